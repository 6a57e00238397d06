// Package me is the page of the user who sits here: who he is to the tenant, what he may do there and by which role, and what
// he alone may change of himself: his profile, his password, his authenticator. The others are looked after in the list of
// users.
package me
