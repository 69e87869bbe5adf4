using System.Globalization;

namespace RoutingLab;

/// <summary>All cases of fleets, and their figures as text.</summary>
internal static class FleetTable
{
    private static readonly StoreConditions Near = new("1 ms", 0.001);

    private static readonly StoreConditions[] Stores =
    [
        Near,
        new("30 ms", 0.03),
        new("1 s", 1),
        new("5 % lost", 0.005, Loss: 0.05),
        new("10 min ahead", 0.001, SkewSeconds: 600),
        new("gone for 30 s", 0.001, GoneFrom: 90, GoneUntil: 120),
    ];

    private static readonly int[] Sizes = [1, 8, 64, 512];

    /// <summary>The cases: all sizes with a near store, and all stores with 64 instances.</summary>
    public static IEnumerable<FleetCase> Cases()
    {
        foreach (Keeping keeping in Enum.GetValues<Keeping>())
        {
            foreach (bool skewed in (bool[])[false, true])
            {
                foreach (double load in (double[])[0.8, 2])
                {
                    foreach (int size in Sizes) yield return new FleetCase(size, load, skewed, keeping, Near);
                }
            }
        }

        foreach (StoreConditions store in Stores.Skip(1))
        {
            foreach (double load in (double[])[0.8, 2]) yield return new FleetCase(64, load, Skewed: true, Keeping.Shared, store);
        }
    }

    /// <summary>Runs all cases, on as many threads as there are processors, and writes a line for each.</summary>
    public static void Write(ulong seed, TextWriter output)
    {
        output.WriteLine("One limit of 6,000 requests a minute, kept by so many instances; two minutes behind one of warming up.");
        output.WriteLine($"{"kept",-10}{"store",-16}{"load",6}{"calls at",10}{"instances",11}{"utilisation",13}{"overshoot",11}{"success",9}{"fairness",10}{"asked/s",9}");
        FleetCase[] cases = [.. Cases()];
        var figures = new FleetFigures[cases.Length];
        Parallel.For(0, cases.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => figures[i] = FleetRun.Run(cases[i], seed));
        for (int i = 0; i < cases.Length; i++)
        {
            (FleetCase one, FleetFigures result) = (cases[i], figures[i]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{one.Keeping.ToString().ToLowerInvariant(),-10}{(one.Keeping is Keeping.Shared ? one.Store.Name : "none"),-16}{one.Load,6:F1}{(one.Skewed ? "an eighth" : "all"),10}{one.Instances,11}{result.Utilisation,13:P1}{result.Overshoot,11:P2}{result.Success,9:P1}{result.Fairness,10:F3}{(one.Keeping is Keeping.Shared ? result.Exchanges : 0),9:F2}"));
        }
    }
}
