// Package explain answers "why?": why an operation is not done yet, why a device counts as
// unavailable, why access was denied. Each answer is an [Explanation]: a verdict, what it
// rests on, and what can be done. What has to be asked of the tenant for it is asked here;
// nothing is changed. The package draws nothing but the [Card] that shows an explanation.
package explain
