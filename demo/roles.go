package demo

// Permissions, as the API names them.
const (
	roleAlarmAdmin             = "ROLE_ALARM_ADMIN"
	roleAlarmRead              = "ROLE_ALARM_READ"
	roleAuditAdmin             = "ROLE_AUDIT_ADMIN"
	roleAuditRead              = "ROLE_AUDIT_READ"
	roleApplicationAdmin       = "ROLE_APPLICATION_MANAGEMENT_ADMIN"
	roleApplicationRead        = "ROLE_APPLICATION_MANAGEMENT_READ"
	roleBinaryAdmin            = "ROLE_BINARY_ADMIN"
	roleBinaryCreate           = "ROLE_BINARY_CREATE"
	roleBinaryRead             = "ROLE_BINARY_READ"
	roleBulkOperationAdmin     = "ROLE_BULK_OPERATION_ADMIN"
	roleBulkOperationRead      = "ROLE_BULK_OPERATION_READ"
	roleDevice                 = "ROLE_DEVICE"
	roleDeviceBootstrap        = "ROLE_DEVICE_BOOTSTRAP"
	roleDeviceControlAdmin     = "ROLE_DEVICE_CONTROL_ADMIN"
	roleDeviceControlRead      = "ROLE_DEVICE_CONTROL_READ"
	roleEventAdmin             = "ROLE_EVENT_ADMIN"
	roleEventRead              = "ROLE_EVENT_READ"
	roleIdentityAdmin          = "ROLE_IDENTITY_ADMIN"
	roleIdentityRead           = "ROLE_IDENTITY_READ"
	roleInventoryAdmin         = "ROLE_INVENTORY_ADMIN"
	roleInventoryCreate        = "ROLE_INVENTORY_CREATE"
	roleInventoryRead          = "ROLE_INVENTORY_READ"
	roleManagedObjectAdmin     = "ROLE_MANAGED_OBJECT_ADMIN"
	roleManagedObjectCreate    = "ROLE_MANAGED_OBJECT_CREATE"
	roleManagedObjectRead      = "ROLE_MANAGED_OBJECT_READ"
	roleMeasurementAdmin       = "ROLE_MEASUREMENT_ADMIN"
	roleMeasurementRead        = "ROLE_MEASUREMENT_READ"
	roleNotification2Admin     = "ROLE_NOTIFICATION_2_ADMIN"
	roleOptionAdmin            = "ROLE_OPTION_MANAGEMENT_ADMIN"
	roleOptionRead             = "ROLE_OPTION_MANAGEMENT_READ"
	roleSystem                 = "ROLE_SYSTEM"
	roleTenantAdmin            = "ROLE_TENANT_ADMIN"
	roleTenantManagementAdmin  = "ROLE_TENANT_MANAGEMENT_ADMIN"
	roleTenantManagementCreate = "ROLE_TENANT_MANAGEMENT_CREATE"
	roleTenantManagementRead   = "ROLE_TENANT_MANAGEMENT_READ"
	roleTenantManagementUpdate = "ROLE_TENANT_MANAGEMENT_UPDATE"
	roleTenantStatisticsRead   = "ROLE_TENANT_STATISTICS_READ"
	roleRetentionAdmin         = "ROLE_RETENTION_RULE_ADMIN"
	roleRetentionRead          = "ROLE_RETENTION_RULE_READ"
	roleRemoteAccessAdmin      = "ROLE_REMOTE_ACCESS_ADMIN"
	roleUserAdmin              = "ROLE_USER_MANAGEMENT_ADMIN"
	roleUserCreate             = "ROLE_USER_MANAGEMENT_CREATE"
	roleUserOwnAdmin           = "ROLE_USER_MANAGEMENT_OWN_ADMIN"
	roleUserOwnRead            = "ROLE_USER_MANAGEMENT_OWN_READ"
	roleUserRead               = "ROLE_USER_MANAGEMENT_READ"
)

// allRoles is every permission that the tenant knows, in the order of GET /user/roles.
func allRoles() []string {
	return []string{
		roleAlarmAdmin, roleAlarmRead, roleApplicationAdmin, roleApplicationRead, roleAuditAdmin, roleAuditRead,
		roleBinaryAdmin, roleBinaryCreate, roleBinaryRead, roleBulkOperationAdmin, roleBulkOperationRead,
		"ROLE_CEP_MANAGEMENT_ADMIN", "ROLE_CEP_MANAGEMENT_READ", "ROLE_DATA_BROKER_ADMIN", "ROLE_DATA_BROKER_READ", roleDevice, roleDeviceBootstrap,
		roleDeviceControlAdmin, roleDeviceControlRead, roleEventAdmin, roleEventRead, roleIdentityAdmin, roleIdentityRead,
		roleInventoryAdmin, roleInventoryCreate, roleInventoryRead, roleManagedObjectAdmin, roleManagedObjectCreate, roleManagedObjectRead,
		roleMeasurementAdmin, roleMeasurementRead, roleNotification2Admin, roleOptionAdmin, roleOptionRead,
		roleRemoteAccessAdmin, roleRetentionAdmin, roleRetentionRead, "ROLE_SIMULATOR_ADMIN", "ROLE_SMS_READ", roleSystem,
		roleTenantAdmin, "ROLE_TENANT_ALARM_ADMIN", roleTenantManagementAdmin, roleTenantManagementCreate, roleTenantManagementRead,
		roleTenantManagementUpdate, roleTenantStatisticsRead, roleUserAdmin, roleUserCreate, roleUserOwnAdmin, roleUserOwnRead, roleUserRead,
	}
}

// The roles that open a route for all objects, by area.

func inventoryReaders() access { return needs(roleInventoryRead, roleManagedObjectRead).orOwner() }

func inventoryCreators() access {
	return needs(roleInventoryAdmin, roleInventoryCreate, roleManagedObjectAdmin, roleManagedObjectCreate, roleDevice)
}

func inventoryWriters() access { return needs(roleInventoryAdmin, roleManagedObjectAdmin).orOwner() }

func userReaders() access { return needs(roleUserRead, roleUserCreate, roleUserAdmin) }

func userWriters() access { return needs(roleUserCreate, roleUserAdmin) }
