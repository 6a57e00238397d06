// Package fleet is the company that lives in the demo tenant: Hansen & Vega Fluidtechnik, maker of pumps and presses with plants in
// Hamburg and Monterrey, its machines, buildings and vehicles, its recent past and its life from now on.
//
// Types of devices are tables (plant.go, building.go, vehicle.go, field.go), whose shape is in class.go; how their signals move is in
// signal.go; who lives where is in company.go. All of it is a function of seed and time, so there is no state to carry along.
//
// [Settle] moves the company into a [Tenant]; [Fleet.Run] lets it live there. The fleet does what devices do and nothing else:
// it stores no documents, serves no requests and knows no HTTP. The same seed and the same clock give the same company.
package fleet
