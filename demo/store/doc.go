// Package store keeps what the demo tenant knows: managed objects and how they hang together, external ids, and records
// (events, alarms, measurements, operations) by source and time. Documents have no schema; they keep the spelling of what a
// client sent.
//
// There is one lock. [Store.View] and [Store.Update] hand [Data] to a function while they hold it; Data itself knows of no lock.
// Everything that is stored is immutable: a change puts a new [Object] or [Record] in place of the old one, so whatever a
// function has got out of Data stays valid after the lock is gone, as a snapshot of that moment.
//
// No HTTP, no rules of the API and no clock may enter: what a status means, who may read what, is the business of package demo.
package store
