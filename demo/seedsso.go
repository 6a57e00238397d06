package demo

import (
	"c8yx/demo/idp"
	"c8yx/demo/rawjson"
)

// accountsElsewhere are the people whom the identity provider of the demo knows. What becomes of them in the tenant is in their descriptions.
func accountsElsewhere() []idp.Account {
	return []idp.Account{
		{Name: "sso", Password: "demo-Sso.1", First: "Sofia", Last: "Santos", Mail: "sofia@demo.example", Groups: []string{"c8y-operators", "c8y-readers"}},
		{Name: "newcomer", Password: "demo-Newcomer.1", First: "Nia", Last: "Comer", Mail: "nia@demo.example", Groups: []string{"c8y-readers"}},
		{Name: "chief", Password: "demo-Chief.1", First: "Charles", Last: "Boss", Mail: "chief@demo.example", Groups: []string{"c8y-admins"}},
		{Name: "outsider", Password: "demo-Outsider.1", First: "Otto", Last: "Sider", Mail: "otto@elsewhere.example", Groups: []string{"canteen"}},
	}
}

// elsewhere are the same people, for telling who starts the demo how to sign in.
func (s *singleSignOn) elsewhere() (told []*user) {
	if s.provider == nil {
		return nil
	}
	words := map[string]string{
		"sso":      "by single sign-on only: an operator, known to the tenant already",
		"newcomer": "by single sign-on only: gets an account, as a reader, on signing in for the first time",
		"chief":    "by single sign-on only: becomes an administrator",
		"outsider": "by single sign-on only: known to the provider, but nothing in the tenant is for him",
	}
	for _, a := range accountsElsewhere() {
		told = append(told, &user{tenant: s.id, name: a.Name, password: a.Password, email: a.Mail, remote: true, description: words[a.Name]})
	}
	return told
}

// seed makes the login option for the provider, what it gives to whom, and the one user who has come by it before.
func (s *singleSignOn) seed() {
	home := s.home()
	connect := home + providerPath + "/protocol/openid-connect"
	document := func(members map[string]any) string { return string(rawjson.Append(nil, members)) }
	id := s.options.shelf.next()
	s.options.shelf.put(id, s.store.Shapes.Compact(document(map[string]any{
		"type": "OAUTH2", "providerName": "Hansen & Vega ID", "buttonName": "Sign in with Hansen & Vega ID", "template": "CUSTOM", "grantType": "AUTHORIZATION_CODE",
		"userManagementSource": "REMOTE", "visibleOnLoginPage": true, "onlyManagementTenantAccess": false,
		"clientId": providerClient, "issuer": home + providerPath, "audience": providerClient, "redirectToPlatform": home + oauthPath, "useIdToken": false,
		"authorizationRequest": map[string]any{
			"method": "GET", "operation": "REDIRECT", "url": connect + "/auth", "requestParams": map[string]any{
				"response_type": "code", "client_id": "${clientId}", "redirect_uri": "${redirectUri}", "scope": "openid profile email", "audience": "${audience}",
			},
		},
		"tokenRequest": map[string]any{
			"method": "POST", "operation": "EXECUTE", "url": connect + "/token",
			"body": "grant_type=authorization_code&code=${code}&redirect_uri=${redirectUri}&client_id=${clientId}",
		},
		"logoutRequest":                map[string]any{"method": "GET", "operation": "REDIRECT", "url": connect + "/logout"},
		"userIdConfig":                 map[string]any{"useConstantValue": false, "jwtField": "preferred_username"},
		"accessTokenToUserDataMapping": map[string]any{"firstNameClaimName": "given_name", "lastNameClaimName": "family_name", "emailClaimName": "email"},
		"signatureVerificationConfig":  map[string]any{"jwks": map[string]any{"jwksUrl": connect + "/certs"}},
		"externalTokenConfig": map[string]any{
			"enabled": true, "validationRequired": false, "userOrAppIdConfig": map[string]any{"useConstantValue": false, "jwtField": "preferred_username"},
		},
	})))
	for _, mapping := range []struct {
		claim string
		group int
	}{{"c8y-admins", groupAdmins}, {"c8y-operators", groupOperators}, {"c8y-readers", groupReaders}} {
		rules := s.options.mappings[0].shelf
		rules.put(rules.next(), s.store.Shapes.Compact(document(map[string]any{
			"when":       map[string]any{"operator": "IN", "parameterPath": "groups", "value": mapping.claim},
			"thenGroups": []int{mapping.group}, "thenApplications": []int{}, ofScope: id,
		})))
	}
	known := accountsElsewhere()[0]
	s.gate.directory.add(user{
		tenant: s.id, name: known.Name, first: known.First, last: known.Last, email: known.Mail, remote: true, groups: []int{groupOperators, groupReaders},
		roles: []string{roleUserOwnRead, roleUserOwnAdmin}, lastPasswordChange: s.clock.Now(),
	})
}
