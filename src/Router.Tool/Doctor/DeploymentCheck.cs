using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;

namespace RouterGen.Tool.Doctor;

/// <summary>What was found of a deployment.</summary>
/// <param name="Group">The group.</param>
/// <param name="Deployment">Its name in the group.</param>
/// <param name="Model">Provider and model.</param>
/// <param name="KeyVariable">The variable with the key; null where none is sent.</param>
/// <param name="Listed">Whether the provider lists the model; null where it lists none.</param>
/// <param name="LatencyMilliseconds">How long the smallest call took; null where none was made, or it failed.</param>
/// <param name="RateLimits">The headers of rate limits, by name.</param>
/// <param name="Findings">What was found.</param>
internal sealed record DeploymentReport(
    string Group, string Deployment, string Model, string? KeyVariable, bool? Listed, double? LatencyMilliseconds, IReadOnlyDictionary<string, string> RateLimits, IReadOnlyList<Finding> Findings);

/// <summary>Checks a deployment by itself.</summary>
internal static class DeploymentCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(90);

    /// <summary>Compares the model with the provider's list and the catalog's dates.</summary>
    public static (bool? Listed, List<Finding> Findings) Compare(DeploymentSpec deployment, Dictionary<string, DateTimeOffset?>? models, DateTimeOffset now)
    {
        List<Finding> findings = [];
        ModelRow? row = ModelCatalog.Default.Find(deployment.Provider)?.FindModel(deployment.CatalogModel);
        string successor = row?.Successor is { } next ? $"use {next}" : "use a newer model";
        if (row?.Retires is { } day && DateTimeOffset.TryParse(day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset retires)) AddEnd(findings, "retires", retires, now, successor);
        if (models is null) return (null, findings);
        string[] names = [deployment.Model, .. row?.Aliases ?? []];
        KeyValuePair<string, DateTimeOffset?> found = models.FirstOrDefault(listed => names.Any(name => IsSame(listed.Key, name)));
        if (found.Key is null)
        {
            findings.Add(new(FindingLevel.Error, "model", $"{deployment.Model} is not in the provider's list", "look at the model's name, and whether this key may use it"));
            return (false, findings);
        }

        if (found.Value is { } end) AddEnd(findings, "is switched off", end, now, successor);
        return (true, findings);
    }

    private static void AddEnd(List<Finding> findings, string verb, DateTimeOffset end, DateTimeOffset now, string advice)
    {
        if (end - now > Soon) return;
        string day = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        bool isOver = end <= now;
        string message = isOver ? $"the model's last day was {day}" : $"the model {verb} on {day}";
        if (!findings.Exists(known => known.Message == message)) findings.Add(new(isOver ? FindingLevel.Error : FindingLevel.Warning, "retirement", message, advice));
    }

    // A name stands for its snapshots, and Ollama's without a tag for the latest.
    private static bool IsSame(string listed, string name) => listed == name || listed == name + ":latest" || ModelDates.Without(listed) == name;
}
