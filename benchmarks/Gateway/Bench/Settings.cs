using System.Globalization;

namespace RouterGen.Benchmarks.Gateway;

/// <summary>What the benchmark was asked for.</summary>
internal sealed record Settings
{
    public const string Usage = "Usage: --minimal PROGRAM --gateway PROGRAM [--yarp PROGRAM] [--portkey PROGRAM] [--rounds N] [--seconds S] [--connections N,N,…] [--only TEXT] [--idle N]";

    /// <summary>Gets the programs, by the names of their options.</summary>
    public Dictionary<string, string> Programs { get; } = [];

    public int Rounds { get; private init; } = 5;

    /// <summary>Gets how long each contender is under load in each round.</summary>
    public TimeSpan Block { get; private init; } = TimeSpan.FromSeconds(2);

    public int[] Connections { get; private init; } = [1, 16, 64];

    /// <summary>Gets what the names of works must contain.</summary>
    public string Only { get; private init; } = "";

    /// <summary>Gets how many idle connections are opened at the end.</summary>
    public int Idle { get; private init; }

    public bool Includes(Work work) => work.Name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads arguments; null where they are wrong.</summary>
    public static Settings? Read(string[] args)
    {
        var read = new Settings();
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--minimal" or "--gateway" or "--yarp" or "--portkey": read.Programs[args[i][2..]] = value; break;
                case "--rounds": read = read with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                case "--seconds": read = read with { Block = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) }; break;
                case "--connections": read = read with { Connections = [.. value.Split(',').Select(static text => int.Parse(text, CultureInfo.InvariantCulture))] }; break;
                case "--only": read = read with { Only = value }; break;
                case "--idle": read = read with { Idle = int.Parse(value, CultureInfo.InvariantCulture) }; break;
                default: return null;
            }
        }

        return args.Length % 2 == 0 && read.Programs.ContainsKey("minimal") && read.Programs.ContainsKey("gateway") ? read : null;
    }
}
