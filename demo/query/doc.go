// Package query is the inventory query language of the platform: what clients put into the parameters query and q, such as
//
//	$filter=(has(c8y_IsDevice) and name eq 'Press*') $orderby=name asc,creationTime desc
//
// [Parse] turns the text into a [Query]; a Query tells whether a [Subject] matches and how subjects are ordered. Neither
// HTTP nor the store may enter: a Subject is anything that has raw JSON values by name.
package query
