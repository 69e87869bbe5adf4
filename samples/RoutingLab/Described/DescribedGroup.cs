namespace RoutingLab;

/// <summary>A group and its load as another program describes them to the lab, without a type of the library.</summary>
/// <param name="Name">The group.</param>
/// <param name="Deployments">Its deployments.</param>
internal sealed record DescribedGroup(string Name, DescribedDeployment[] Deployments)
{
    /// <summary>Calls a second.</summary>
    public double CallsPerSecond { get; init; } = 10;

    /// <summary>How long calls arrive.</summary>
    public double Seconds { get; init; } = 600;

    /// <summary>The median length of prompts, in tokens.</summary>
    public double InputTokens { get; init; } = 400;

    /// <summary>The median of what answers are limited to, in tokens.</summary>
    public double OutputTokens { get; init; } = 300;

    /// <summary>The deadline of a call in seconds.</summary>
    public double TimeoutSeconds { get; init; } = 600;

    /// <summary>The most attempts of a call; 0 is the router's usual.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Whether answers come whole instead of as streams.</summary>
    public bool WholeCalls { get; init; }

    public ulong Seed { get; init; } = 101;
}

/// <summary>A deployment, and how its provider behaves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FirstToken">The median time to the first token in seconds.</param>
internal sealed record DescribedDeployment(string Name, double FirstToken)
{
    public double TokensPerSecond { get; init; } = 80;

    public double Weight { get; init; } = 1;

    public int Order { get; init; }

    public int Rpm { get; init; }

    public int Tpm { get; init; }

    public int MaxConcurrency { get; init; }

    /// <summary>USD per million tokens read.</summary>
    public decimal InputPrice { get; init; }

    /// <summary>USD per million tokens written.</summary>
    public decimal OutputPrice { get; init; }

    /// <summary>When it answers 503, in seconds from the start.</summary>
    public (double From, double To)[] Outages { get; init; } = [];
}
