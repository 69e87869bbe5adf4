namespace RouterGen;

/// <summary>What configuration says of a group.</summary>
internal sealed class GroupOverrides(LiveGroupSettings settings)
{
    private static readonly string[] Names = ["Strategy", "TimeoutSeconds", "MaxAttempts", "MaxWaitSeconds", "Deployments"];

    private readonly OverrideKey<RoutingStrategy> _strategy = new(Names[0], $"one of {string.Join(", ", Enum.GetNames<RoutingStrategy>())}", OverrideText.TryName);
    private readonly OverrideKey<TimeSpan> _timeout = new(Names[1], "a number of seconds above 0", OverrideText.TrySeconds);
    private readonly OverrideKey<int> _maxAttempts = new(Names[2], "a whole number above 0", OverrideText.TryCount);

    private readonly OverrideKey<TimeSpan> _maxWait = new(Names[3], "a number of seconds, 0 or greater", OverrideText.TryWait);

    public void Apply(OverrideSection section)
    {
        section.WarnOfUnknown(Names, "setting of a group");
        bool changed = _strategy.Read(section) | _timeout.Read(section) | _maxAttempts.Read(section) | _maxWait.Read(section);
        if (changed) settings.Override(_timeout.Value, _maxWait.Value, _maxAttempts.Value, _strategy.Value);
    }
}
