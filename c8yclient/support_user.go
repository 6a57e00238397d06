package c8yclient

import (
	"context"
	"net/http"
)

// EnableSupportUser lets the support of the platform act as a user of the tenant. It is not part
// of the documented API: the platform's web applications use it.
//
// Operation: POST /tenant/support-user/enable
func (s *TenantService) EnableSupportUser(ctx context.Context) error {
	return s.supportUser(ctx, "enable")
}

// DisableSupportUser ends what [TenantService.EnableSupportUser] allows.
//
// Operation: POST /tenant/support-user/disable
func (s *TenantService) DisableSupportUser(ctx context.Context) error {
	return s.supportUser(ctx, "disable")
}

func (s *TenantService) supportUser(ctx context.Context, what string) error {
	return s.client.do(ctx, call{
		method: http.MethodPost, path: at("tenant", "support-user", what), body: struct{}{},
	})
}
