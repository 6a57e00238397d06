// Package office is what the people at the company have set up in their tenant besides devices: colleagues and what they may, options and
// rules, subtenants, files, applications, registrations, bulk operations, and what they have done in the last weeks.
//
// All of it is tables, in the order in which a tenant shows them. Moments are told as how long ago they were, so that the tables are the
// same at any time. How they get into a tenant is package demo's business; nothing of the API enters here.
package office

import "time"

const day = 24 * time.Hour
