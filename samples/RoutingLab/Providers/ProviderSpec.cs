namespace RoutingLab;

/// <summary>How a provider behaves, and what the router was told of it.</summary>
internal sealed record ProviderSpec(string Name)
{
    /// <summary>The median time to the first token in seconds, of a provider that is not busy.</summary>
    public double FirstToken { get; init; } = 0.4;

    /// <summary>The spread of it: the standard deviation of its logarithm.</summary>
    public double Sigma { get; init; } = 0.35;

    /// <summary>Tokens a second after the first.</summary>
    public double TokensPerSecond { get; init; } = 80;

    /// <summary>The fraction of requests that take <see cref="StragglerFactor"/> times as long to their first token.</summary>
    public double Stragglers { get; init; } = 0.005;

    public double StragglerFactor { get; init; } = 6;

    /// <summary>How many requests it works at without slowing down; beyond that everything takes longer in proportion.</summary>
    public int Capacity { get; init; } = 1_000_000;

    /// <summary>Requests a minute, beyond which it answers 429; 0 is unlimited.</summary>
    public int Rpm { get; init; }

    /// <summary>Tokens a minute, beyond which it answers 429; 0 is unlimited.</summary>
    public int Tpm { get; init; }

    /// <summary>Whether the router was told of <see cref="Rpm"/> and <see cref="Tpm"/>.</summary>
    public bool LimitsDeclared { get; init; }

    /// <summary>USD per million tokens, for what goes by price.</summary>
    public decimal Price { get; init; } = 1;

    /// <summary>USD per million tokens that a model writes; null where <see cref="Price"/> is that of both.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>The deployment's weight, as declared.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its place in the order in which deployments are asked, as declared.</summary>
    public int Order { get; init; }

    /// <summary>The most requests at once that the router sends, as declared; 0 is unlimited.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>What goes wrong with it.</summary>
    public Condition[] Conditions { get; init; } = [];

    /// <summary>A provider with that median time to the first token; the faster, the dearer.</summary>
    public static ProviderSpec At(string name, double firstToken) => new(name) { FirstToken = firstToken, Price = (decimal)(1 / firstToken) };

    /// <summary>One with limits that the router does not know.</summary>
    public static ProviderSpec Hidden(string name, double firstToken, int rpm) => At(name, firstToken) with { Rpm = rpm, Tpm = rpm * 1000 };

    /// <summary>One with limits that the router knows.</summary>
    public static ProviderSpec Declared(string name, double firstToken, int rpm) => Hidden(name, firstToken, rpm) with { LimitsDeclared = true };
}
