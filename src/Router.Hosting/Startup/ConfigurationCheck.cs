using Microsoft.Extensions.Configuration;

namespace RouterGen;

/// <summary>Finds all that is wrong in the configuration of an application's model groups.</summary>
internal sealed class ConfigurationCheck
{
    private const string Root = "RouterGen:Groups";

    private readonly List<ConfigurationProblem> _mistakes = [];
    private readonly List<ConfigurationProblem> _lacks = [];

    private ConfigurationCheck()
    {
    }

    /// <summary>Gets what must be mended.</summary>
    public IReadOnlyList<ConfigurationProblem> Mistakes => _mistakes;

    /// <summary>Gets what is lacking, and calls can do without.</summary>
    public IReadOnlyList<ConfigurationProblem> Lacks => _lacks;

    /// <summary>Checks the groups as they are now.</summary>
    /// <param name="groups">All groups of the application.</param>
    /// <param name="configuration">The application's configuration; null where it has none.</param>
    /// <param name="requireAllKeys">Whether each deployment must have its key.</param>
    public static ConfigurationCheck Of(IReadOnlyList<ModelGroup> groups, IConfiguration? configuration, bool requireAllKeys)
    {
        var check = new ConfigurationCheck();
        if (configuration is not null) check.FindUnknownGroups(groups, configuration.GetSection(Root));
        foreach (ConfigurationProblem problem in groups.SelectMany(static group => group.ConfigurationProblems).Distinct()) check._mistakes.Add(problem);
        foreach (ModelGroup group in groups) check.FindUnusable(group, requireAllKeys);
        return check;
    }

    private void FindUnknownGroups(IReadOnlyList<ModelGroup> groups, IConfigurationSection section)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (groups.Any(group => IsPartOf(child.Key, group.Name))) continue;
            string known = groups.Count == 0 ? "none is registered" : "there are " + string.Join(", ", groups.Select(static group => group.Name));
            _mistakes.Add(new(child.Path, $"there is no such group; {known} (a group of a static class is made known by AddSingleton<ModelGroup>(_ => Models.Name))"));
        }
    }

    // A colon in a name separates sections.
    private static bool IsPartOf(string key, string name) =>
        name.StartsWith(key, StringComparison.OrdinalIgnoreCase) && (name.Length == key.Length || name[key.Length] == ':');

    private void FindUnusable(ModelGroup group, bool requireAllKeys)
    {
        DeploymentStatus[] answering = [.. group.Status.Where(static status => !status.IsShadow)];
        bool isUsable = answering.Any(static status => status.Problem is null && !GroupHealthCheck.IsOutOfService(status));
        foreach (DeploymentStatus status in group.Status)
        {
            if (status.Problem is not { } reason) continue;
            var problem = new ConfigurationProblem($"{Root}:{group.Name}:Deployments:{status.Name}", reason);
            bool isLack = status.IsVariableMissing && (!requireAllKeys || status.Health is DeploymentHealth.Disabled);
            (isLack ? _lacks : _mistakes).Add(problem);
        }

        if (!isUsable) _mistakes.Add(new($"{Root}:{group.Name}", $"no deployment of the group can be used{ReasonOf(answering)}"));
    }

    private static string ReasonOf(DeploymentStatus[] statuses) =>
        statuses.Length == 0 ? ", since all are shadows" : ": " + string.Join("; ", statuses.Select(static status => $"{status.Name}: {status.Problem ?? "it is taken out of service"}"));
}
