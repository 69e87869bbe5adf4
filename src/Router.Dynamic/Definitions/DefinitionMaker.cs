using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Definitions;

/// <summary>Makes of a spec the definition that the generator would emit.</summary>
internal static class DefinitionMaker
{
    // What holds where nothing is stated.
    private static readonly GroupDefinition Defaults = new() { Name = "", Deployments = [] };

    public static GroupDefinition Make(GroupSpec group)
    {
        var stated = new StatedSettings(GroupProperties.All, group.Settings);
        return new()
        {
            Name = group.Name,
            Deployments = [.. group.Deployments.Select(Make)],
            MaxAttempts = stated.Integer(nameof(GroupDefinition.MaxAttempts), Defaults.MaxAttempts),
            MaxRetries = stated.Integer(nameof(GroupDefinition.MaxRetries)),
            RetryBackoff = stated.Time(nameof(GroupDefinition.RetryBackoff), Defaults.RetryBackoff),
            MaxRetryBackoff = stated.Time(nameof(GroupDefinition.MaxRetryBackoff), Defaults.MaxRetryBackoff),
            MaxRetryAfter = stated.Time(nameof(GroupDefinition.MaxRetryAfter), Defaults.MaxRetryAfter),
            Timeout = stated.Time(nameof(GroupDefinition.Timeout), Defaults.Timeout),
            MaxWait = stated.Time(nameof(GroupDefinition.MaxWait)),
            AttemptTimeout = stated.Time(nameof(GroupDefinition.AttemptTimeout), Defaults.AttemptTimeout),
            ConnectTimeout = stated.Time(nameof(GroupDefinition.ConnectTimeout), Defaults.ConnectTimeout),
            FirstTokenTimeout = stated.Time(nameof(GroupDefinition.FirstTokenTimeout), Defaults.FirstTokenTimeout),
            StreamIdleTimeout = stated.Time(nameof(GroupDefinition.StreamIdleTimeout), Defaults.StreamIdleTimeout),
            MaxAnswerBytes = stated.Integer(nameof(GroupDefinition.MaxAnswerBytes), Defaults.MaxAnswerBytes),
            Cooldown = stated.Time(nameof(GroupDefinition.Cooldown), Defaults.Cooldown),
            AllowedFails = stated.Integer(nameof(GroupDefinition.AllowedFails), Defaults.AllowedFails),
            Strategy = (RoutingStrategy)stated.Integer(nameof(GroupDefinition.Strategy), (int)Defaults.Strategy),
            LatencyTtl = stated.Time(nameof(GroupDefinition.LatencyTtl), Defaults.LatencyTtl),
            LatencyTolerance = stated.Number(nameof(GroupDefinition.LatencyTolerance), Defaults.LatencyTolerance),
            LatencyProbes = stated.Flag(nameof(GroupDefinition.LatencyProbes)),
            Budget = stated.Money(nameof(GroupDefinition.Budget)),
            BudgetPeriod = (BudgetPeriod)stated.Integer(nameof(GroupDefinition.BudgetPeriod), (int)Defaults.BudgetPeriod),
            HedgeLimit = stated.Number(nameof(GroupDefinition.HedgeLimit), Defaults.HedgeLimit),
            HedgeDelay = stated.Time(nameof(GroupDefinition.HedgeDelay), Defaults.HedgeDelay),
            PromptCacheAffinity = stated.Flag(nameof(GroupDefinition.PromptCacheAffinity)),
            Dimensions = stated.Integer(nameof(GroupDefinition.Dimensions), Defaults.Dimensions),
            AllowDifferentModels = stated.Flag(nameof(GroupDefinition.AllowDifferentModels)),
            MaxQueueLength = stated.Integer(nameof(GroupDefinition.MaxQueueLength), Defaults.MaxQueueLength),
        };
    }

    public static DeploymentDefinition Make(DeploymentSpec deployment)
    {
        ConnectionSpec connection = deployment.Connection;
        var stated = new StatedSettings(DeploymentProperties.All, deployment.Settings.Stated);
        return new()
        {
            Name = deployment.Name,
            Provider = deployment.Provider,
            TelemetryProvider = deployment.TelemetryProvider,
            Model = deployment.Model,
            Endpoint = connection.Endpoint,
            EndpointVariable = connection.EndpointVariable,
            EndpointSuffix = connection.EndpointSuffix,
            AllowInsecureHttp = stated.Flag(nameof(DeploymentDefinition.AllowInsecureHttp)),
            KeyVariable = connection.KeyVariable,
            OtherKeyVariables = [.. connection.OtherKeyVariables],
            Platform = PlatformTable.Make(deployment),
            Headers = HeadersOf(connection, areVariables: false),
            HeaderVariables = HeadersOf(connection, areVariables: true),
            Weight = stated.Number(nameof(DeploymentDefinition.Weight), DeploymentProperties.DefaultWeight),
            Rpm = stated.Integer(nameof(DeploymentDefinition.Rpm), 0),
            Tpm = stated.Integer(nameof(DeploymentDefinition.Tpm), 0),
            MaxConcurrency = stated.Integer(nameof(DeploymentDefinition.MaxConcurrency), 0),
            LimitGroup = stated.Text(nameof(DeploymentDefinition.LimitGroup)),
            Order = stated.Integer(nameof(DeploymentDefinition.Order), 0),
            Region = stated.Text(nameof(DeploymentDefinition.Region)),
            Tags = stated.Texts(nameof(DeploymentDefinition.Tags)),
            Budget = stated.Money(nameof(DeploymentDefinition.Budget)),
            BudgetPeriod = (BudgetPeriod)stated.Integer(nameof(DeploymentDefinition.BudgetPeriod), (int)DeploymentProperties.DefaultBudgetPeriod),
            MirrorShare = stated.Number(nameof(DeploymentDefinition.MirrorShare), 0),
            ModelLimits = new(deployment.ModelLimits.ContextWindow, deployment.ModelLimits.InputLimit, deployment.ModelLimits.OutputLimit),
            Prices = deployment.Prices is { } prices ? PriceCopy.Of(prices) : null,
            Codec = CodecTable.Make(KindRow.CodecOf(deployment.Dialect, PlatformRow.Find(connection.Platform), deployment.Kind), DeclaredConstants.Of(deployment.Constants)),
        };
    }

    private static KeyValuePair<string, string>[] HeadersOf(ConnectionSpec connection, bool areVariables) =>
        [.. connection.Headers.Where(header => header.IsVariable == areVariables).Select(header => new KeyValuePair<string, string>(header.Name, header.Value))];
}
