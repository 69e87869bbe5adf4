using System.Text;

namespace RouterGen.Interleavings.Tests;

/// <summary>
/// The scenarios can fail: each operation on shared state that they reach is broken once (it is no longer atomic, or a lock lets
/// all in), and a scenario finds it.
/// </summary>
public class FaultTests
{
    private static readonly string[] Atomic = ["CompareExchange", "Exchange", "Add", "Increment", "Decrement", "Lock"];

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach ((Fault fault, string scenario) in FaultTable.Found) rows.Add(fault.Kind.ToString(), fault.Operation, scenario);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_fault_is_found(string kind, string operation, string scenario) =>
        Assert.NotNull(Explorer.Explore(Scenario.Find(scenario), new Fault(Enum.Parse<FaultKind>(kind), operation)));

    [Fact]
    public void Each_operation_that_is_reached_has_a_row()
    {
        HashSet<string> known = [.. FaultTable.Found.Select(static row => row.Fault.Operation), .. FaultTable.Harmless.Keys];
        var missing = new StringBuilder();
        foreach (IGrouping<string, string> operation in Reached().Where(reached => !known.Contains(reached.Key)))
        {
            Fault fault = new(operation.Key.EndsWith("Lock", StringComparison.Ordinal) ? FaultKind.Skipped : FaultKind.Torn, operation.Key);
            string? finder = operation.FirstOrDefault(scenario => Explorer.Explore(Scenario.Find(scenario), fault) is not null);
            missing.AppendLine(finder is null
                ? $"No scenario finds {fault}; these reach it: {string.Join(", ", operation)}."
                : $"""(new(FaultKind.{fault.Kind}, "{fault.Operation}"), nameof({Scenario.Find(finder).Method.DeclaringType!.Name}.{finder})),""");
        }

        Assert.True(missing.Length == 0, missing.ToString());
    }

    /// <summary>The atomic operations, with the scenarios that reach them.</summary>
    private static IEnumerable<IGrouping<string, string>> Reached()
    {
        HashSet<(string Operation, string Scenario)> reached = [];
        foreach (string name in Scenario.Names)
        {
            for (int seed = 0; seed < 8; seed++)
            {
                var run = new Interleaving(new RandomWalk(seed));
                Scenario.Find(name)(run);
                run.Run();
                foreach (Site site in run.Sites.Where(static site => Atomic.Contains(site.Operation))) reached.Add((site.Name, name));
            }
        }

        return reached.OrderBy(static pair => pair.Operation, StringComparer.Ordinal).GroupBy(static pair => pair.Operation, static pair => pair.Scenario);
    }
}
