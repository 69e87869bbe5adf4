namespace RouterGen.Gateway.Metrics;

/// <summary>How the deployments are when metrics are asked for.</summary>
internal sealed class DeploymentGauges
{
    /// <summary>Looks at all deployments.</summary>
    public DeploymentGauges(IEnumerable<IModelGroups> models) => All =
    [
        .. models.SelectMany(static one => one.Groups).SelectMany(static group => group.Status.Select(status => KeyValuePair.Create(new LabelValues(group.Name, status.Name), status))).DistinctBy(static one => one.Key)
            .Take(SeriesTable<object>.Most),
    ];

    /// <summary>Gets them, by group and name.</summary>
    public KeyValuePair<LabelValues, DeploymentStatus>[] All { get; }

    /// <summary>Returns whether a deployment takes calls: 0 it does, 1 in part, 2 it does not.</summary>
    public static int StateOf(DeploymentStatus status) => status.Health switch
    {
        DeploymentHealth.Healthy => 0,
        DeploymentHealth.CoolingDown or DeploymentHealth.Probing => 1,
        _ => 2,
    };
}
