using System.Globalization;
using RouterGen.Benchmarks.ColdBuild;

// Usage: ColdBuild [groups] [rounds]. Compiles a project without RouterGen, with it, and with a price map besides, in turn,
// each time with a new process of the compiler. The differences are taken round by round.
// Usage: ColdBuild slope [rounds]. Measures what the compiler's work on one more group costs, without generator and analyzers.
if (args is ["slope", ..])
{
    GroupSlope.Measure(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 6);
    return;
}

int groups = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
string folder = Directory.CreateTempSubdirectory("coldbuild").FullName;
try
{
    var project = new Project(folder, groups);
    string[] ways = [project.Arguments(false, false), project.Arguments(true, false), project.Arguments(true, true)];
    foreach (string way in ways) Compiler.Run(way); // The files are in the system's cache from here on.

    Measurement[][] measured = new Measurement[rounds][];
    for (int round = 0; round < rounds; round++)
    {
        measured[round] = new Measurement[ways.Length];
        for (int i = 0; i < ways.Length; i++)
        {
            int way = (round + i) % ways.Length;
            measured[round][way] = Compiler.Run(ways[way]);
        }
    }

    Report(groups, measured);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static void Report(int groups, Measurement[][] rounds)
{
    Console.WriteLine($"Groups of 4 deployments: {groups}; rounds: {rounds.Length}; medians in ms (p10 … p90)");
    Print("compiler without RouterGen, wall", rounds.Select(round => round[0].Wall));
    Print("RouterGen, generator as reported", rounds.Select(round => round[1].Generator));
    Print("RouterGen, analyzers as reported", rounds.Select(round => round[1].Analyzers));
    Print("RouterGen adds, wall", rounds.Select(round => round[1].Wall - round[0].Wall));
    Print("RouterGen adds, CPU", rounds.Select(round => round[1].Cpu - round[0].Cpu));
    Print("price map adds, generator as reported", rounds.Select(round => round[2].Generator - round[1].Generator));
    Print("price map adds, analyzers as reported", rounds.Select(round => round[2].Analyzers - round[1].Analyzers));
    Print("price map adds, wall", rounds.Select(round => round[2].Wall - round[1].Wall));
    Print("price map adds, CPU", rounds.Select(round => round[2].Cpu - round[1].Cpu));
}

static void Print(string what, IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40}{At(0.5),8:F0}  ({At(0.1):F0} … {At(0.9):F0})"));
    double At(double part) => sorted[(int)Math.Round(part * (sorted.Length - 1))];
}
