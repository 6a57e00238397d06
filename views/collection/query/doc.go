// Package query knows the languages in which a tenant is asked, as far as is needed to help
// somebody who types: how a query may go on. Whether it is right, the tenant says.
//
// [Inventory] is the query language of the inventory; [Parameters] are those of all other lists,
// written status=ACTIVE severity=MAJOR,CRITICAL.
package query
