// Package fragment looks into the documents of a tenant: what stands at a path, which paths
// there are, and how to keep a hundred thousand documents in little memory.
//
// A [Path] finds a value by names ("c8y_Hardware.model"). A [Packer] keeps the documents of a
// list compressed, so that any path can be asked for later without asking the tenant again. A
// [Catalogue] notes which paths and values occur, to suggest them. Values are foreign text
// and pass ui/text before they are drawn; nothing here draws.
package fragment
