namespace RouterGen;

/// <summary>What a caller may demand of a deployment: a name, a region, tags. Names are exact; the rest is compared without regard to case.</summary>
internal static class Demands
{
    /// <summary>Whether the caller demands anything.</summary>
    public static bool Any(CallOptions routing) =>
        routing.Deployment is not null || routing.Model is not null || routing.Region is not null || routing.Tags.Count > 0 || routing.ExcludedTags.Count > 0;

    /// <summary>Whether a deployment is what the caller demands.</summary>
    public static bool AreMet(CallOptions routing, Deployment deployment) =>
        HasName(routing, deployment) && (routing.Model is null || IsCalled(deployment, routing.Model)) && IsInRegion(routing, deployment) && HasTags(routing, deployment) && LacksTags(routing, deployment);

    /// <summary>What no deployment meets, in words; null where one meets everything.</summary>
    public static string? Unmet(CallOptions routing, Deployment[] deployments)
    {
        if (Array.Exists(deployments, deployment => AreMet(routing, deployment))) return null;
        if (!Array.Exists(deployments, deployment => HasName(routing, deployment))) return $"no deployment that answers callers is called '{routing.Deployment}'";
        if (!Array.Exists(deployments, deployment => IsInRegion(routing, deployment))) return $"no deployment is in the region '{routing.Region}'";
        if (!Array.Exists(deployments, deployment => HasTags(routing, deployment)))
        {
            return routing.Tags.Count == 1 ? $"no deployment has the tag {Quote(routing.Tags)}"
                : routing.TagMatch is TagMatch.All ? $"no deployment has all of the tags {Quote(routing.Tags)}"
                : $"no deployment has any of the tags {Quote(routing.Tags)}";
        }

        if (!Array.Exists(deployments, deployment => LacksTags(routing, deployment))) return $"every deployment has an excluded tag ({Quote(routing.ExcludedTags)})";
        return $"no deployment meets all demands at once: {Describe(routing)}";
    }

    private static bool HasName(CallOptions routing, Deployment deployment) =>
        routing.Deployment is null || routing.Deployment == deployment.Name;

    /// <summary>Whether a deployment is called so: by its own name, its model's, or its provider's and model's.</summary>
    public static bool IsCalled(Deployment deployment, string model) =>
        model == deployment.Name || model == deployment.Definition.Model
        || (model.Length == deployment.Provider.Length + 1 + deployment.Definition.Model.Length && model[deployment.Provider.Length] is '/'
            && model.StartsWith(deployment.Provider, StringComparison.Ordinal) && model.EndsWith(deployment.Definition.Model, StringComparison.Ordinal));

    private static bool IsInRegion(CallOptions routing, Deployment deployment) =>
        routing.Region is null || string.Equals(routing.Region, deployment.Region, StringComparison.OrdinalIgnoreCase);

    private static bool HasTags(CallOptions routing, Deployment deployment)
    {
        if (routing.Tags.Count == 0) return true;
        bool all = routing.TagMatch is TagMatch.All;
        for (int i = 0; i < routing.Tags.Count; i++)
        {
            if (HasTag(deployment, routing.Tags[i]) != all) return !all;
        }

        return all;
    }

    private static bool LacksTags(CallOptions routing, Deployment deployment)
    {
        for (int i = 0; i < routing.ExcludedTags.Count; i++)
        {
            if (HasTag(deployment, routing.ExcludedTags[i])) return false;
        }

        return true;
    }

    private static bool HasTag(Deployment deployment, string tag)
    {
        foreach (string own in deployment.Definition.Tags)
        {
            if (string.Equals(own, tag, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static string Describe(CallOptions routing)
    {
        List<string> demands = [];
        if (routing.Deployment is not null) demands.Add($"name '{routing.Deployment}'");
        if (routing.Model is not null) demands.Add($"model '{routing.Model}'");
        if (routing.Region is not null) demands.Add($"region '{routing.Region}'");
        if (routing.Tags.Count > 0) demands.Add($"{(routing.TagMatch is TagMatch.All ? "all of the tags" : "any of the tags")} {Quote(routing.Tags)}");
        if (routing.ExcludedTags.Count > 0) demands.Add($"none of the tags {Quote(routing.ExcludedTags)}");
        return string.Join("; ", demands);
    }

    private static string Quote(IEnumerable<string> tags) => string.Join(", ", tags.Select(static tag => $"'{tag}'"));
}
