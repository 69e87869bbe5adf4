using System.Globalization;

namespace RoutingLab;

/// <summary>What the lab was asked to run.</summary>
internal sealed record LabArguments
{
    public const string Usage = """
        Usage: RoutingLab [--scenario NAME] [--contender NAME] [--seed N] [--requests N | --cycles N] [--report FILE] [--images FOLDER]
          --scenario   only this one; may be repeated. Default: all
          --contender  only this one; may be repeated. Default: all
          --seed       of all draws. Default: 101. Adaptive was tuned on the seeds 1 to 3
          --requests   calls of each run, instead of one cycle of the scenario
          --cycles     how often the scenario happens; default 1
          --report     an HTML file with tables and plots
          --images     a folder for the plots, as SVG files
          --fleet      how many instances keep one limit together, in place of all that: "--fleet limits"
          --help       prints this
        """;

    private static readonly string[] Names = ["--scenario", "--contender", "--seed", "--requests", "--cycles", "--report", "--images", "--fleet"];

    public List<Scenario> Scenarios { get; } = [];

    public List<Contender> Contenders { get; } = [];

    public ulong Seed { get; private set; } = 101;

    /// <summary>Calls of each run; null is a cycle of its scenario, or as many as <see cref="Cycles"/> says.</summary>
    public int? Requests { get; private set; }

    /// <summary>How many cycles of its scenario a run is, where <see cref="Requests"/> does not say.</summary>
    public int Cycles { get; private set; } = 1;

    public string? Report { get; private set; }

    public string? Images { get; private set; }

    /// <summary>Whether fleets are simulated in place of strategies.</summary>
    public bool IsFleet { get; private set; }

    /// <exception cref="FormatException">An argument is not known, or makes no sense; the message says which.</exception>
    public static LabArguments Parse(string[] arguments)
    {
        var parsed = new LabArguments();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (!Names.Contains(arguments[i])) throw new FormatException($"{arguments[i]} is not an argument.");
            if (i + 1 == arguments.Length) throw new FormatException($"{arguments[i]}: its value is missing.");
            parsed.Take(arguments[i], arguments[i + 1]);
        }

        if (parsed.Scenarios.Count == 0) parsed.Scenarios.AddRange(ScenarioCatalog.All);
        if (parsed.Contenders.Count == 0) parsed.Contenders.AddRange(Contender.All);
        return parsed;
    }

    /// <summary>How many calls are made in a scenario.</summary>
    public int CallsOf(Scenario scenario) => Requests ?? Cycles * scenario.CallsPerCycle;

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "--scenario":
                Scenarios.Add(ScenarioCatalog.All.FirstOrDefault(scenario => scenario.Name == value) ?? throw Unknown(name, value, ScenarioCatalog.All.Select(static scenario => scenario.Name)));
                break;
            case "--contender":
                Contenders.Add(Contender.All.FirstOrDefault(contender => contender.Name == value) ?? throw Unknown(name, value, Contender.All.Select(static contender => contender.Name)));
                break;
            case "--seed":
                Seed = (ulong)Number(name, value, smallest: 0);
                break;
            case "--requests":
                Requests = Number(name, value, smallest: 1);
                break;
            case "--cycles":
                Cycles = Number(name, value, smallest: 1);
                break;
            case "--report":
                Report = value;
                break;
            case "--fleet":
                IsFleet = value == "limits" ? true : throw Unknown(name, value, ["limits"]);
                break;
            case "--images":
                Images = value;
                break;
            default:
                throw new FormatException($"{name} is not an argument.");
        }
    }

    private static int Number(string name, string value, int smallest) =>
        int.TryParse(value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out int number) && number >= smallest ? number : throw new FormatException($"{name}: {value} is not a number of {smallest} or more.");

    private static FormatException Unknown(string name, string value, IEnumerable<string> known) => new($"{name}: there is no {value}. There are: {string.Join(", ", known)}");
}
