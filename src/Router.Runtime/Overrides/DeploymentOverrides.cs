using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What configuration says of a deployment. A setting that it says nothing of any more is as declared again.</summary>
internal sealed class DeploymentOverrides(Deployment deployment, RouterClock clock)
{
    private static readonly string[] Names = ["Weight", "Rpm", "Tpm", "MaxConcurrency", "Order", "State"];
    private static readonly string Limit = $"a whole number {NumberBounds.Positive.Demand}, or \"{OverrideText.Unlimited}\"";

    private readonly OverrideKey<double> _weight = new(Names[0], "a number " + NumberBounds.Weight.Demand, OverrideText.TryWeight);
    private readonly OverrideKey<int> _rpm = new(Names[1], Limit, OverrideText.TryLimit);
    private readonly OverrideKey<int> _tpm = new(Names[2], Limit, OverrideText.TryLimit);
    private readonly OverrideKey<int> _maxConcurrency = new(Names[3], Limit, OverrideText.TryLimit);
    private readonly OverrideKey<int> _order = new(Names[4], "a whole number", OverrideText.TryInteger);
    private readonly OverrideKey<ServiceState> _state = new(Names[5], $"one of {string.Join(", ", Enum.GetNames<ServiceState>())}", OverrideText.TryName);

    /// <summary>Applies what has changed since the last time, all at once.</summary>
    /// <param name="deployments">The section with the deployments of the group.</param>
    /// <param name="isFirst">Whether this is how the deployment begins, which is no change to announce.</param>
    public void Apply(OverrideSection deployments, bool isFirst)
    {
        OverrideSection section = deployments.Below(deployment.Name);
        section.WarnOfUnknown(Names, "setting of a deployment");
        DeploymentDefinition declared = deployment.Definition;
        var changes = new Changes(
            _weight.Read(section) ? _weight.Value ?? declared.Weight : null,
            _rpm.Read(section) ? _rpm.Value ?? declared.Rpm : null,
            _tpm.Read(section) ? _tpm.Value ?? declared.Tpm : null,
            _maxConcurrency.Read(section) ? _maxConcurrency.Value ?? declared.MaxConcurrency : null,
            _order.Read(section) ? _order.Value ?? declared.Order : null,
            _state.Read(section) ? _state.Value ?? ServiceState.Enabled : null,
            clock.Now);
        deployment.Change(changes, static (settings, changes) => changes.ApplyTo(settings), tell: !isFirst);
    }

    /// <summary>New values; null is as it is.</summary>
    private readonly record struct Changes(double? Weight, int? Rpm, int? Tpm, int? MaxConcurrency, int? Order, ServiceState? State, long Now)
    {
        public DeploymentSettings ApplyTo(DeploymentSettings settings) =>
            settings.In(State ?? settings.State, Now).WithRates(Rpm ?? settings.Requests?.PerMinute ?? 0, Tpm ?? settings.Tokens?.PerMinute ?? 0, Now).WithConcurrency(MaxConcurrency ?? settings.MaxConcurrency) with
            {
                Weight = Weight ?? settings.Weight,
                Order = Order ?? settings.Order,
            };
    }
}
