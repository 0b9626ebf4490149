// The other half of a cycle; it is reported once.
import './cycleOne.ts'
