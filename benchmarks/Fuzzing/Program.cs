// Fuzzing guided by coverage: replays the corpora of all targets, or of those that are named, and then looks for inputs that run
// code which none before them ran, for so many inputs or seconds each. An input that breaks a target is written to its corpus;
// with --keep the corpora are written anew.
//
//   dotnet run -c Release --project benchmarks/Fuzzing -- [target …] [--runs 20000] [--seconds 600] [--seed 1] [--keep]
using RouterGen.Fuzzing;

return InstrumentedContext.RunAll(args);
