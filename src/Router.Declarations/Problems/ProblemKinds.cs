namespace RouterGen.Declarations.Problems;

/// <summary>What can be wrong with declarations, in code or in files: the table of all messages. The analyzer's descriptors are made from it.</summary>
internal static class ProblemKinds
{
    private const string Declaration = "RouterGen.Declaration";
    private const string Deployment = "RouterGen.Deployment";
    private const string ModelsJson = "RouterGen.ModelsJson";

    public static readonly ProblemKind ClassNotExtensible = Error(
        DiagnosticIds.ClassNotExtensible, Declaration,
        "A class with model groups must be partial, not nested and not generic",
        "Class '{0}' declares model groups and must {1}");

    public static readonly ProblemKind GroupWithoutDeployments = Error(
        DiagnosticIds.GroupWithoutDeployments, Declaration,
        "Model group has no deployments",
        "Model group '{0}' has no deployments: {1}");

    public static readonly ProblemKind MemberCollision = Error(
        DiagnosticIds.MemberCollision, Declaration,
        "Two model groups generate the same member",
        "Model groups '{0}' and '{1}' both generate the member '{2}': give one of them another name");

    public static readonly ProblemKind DuplicateGroup = Error(
        DiagnosticIds.DuplicateGroup, Declaration,
        "Model group is declared twice",
        "Model group '{0}' is declared more than once in '{1}': remove one declaration or rename it");

    public static readonly ProblemKind DeploymentWithoutGroup = Error(
        DiagnosticIds.DeploymentWithoutGroup, Declaration,
        "It is not clear which model group a deployment belongs to",
        "Deployment '{0}' belongs to no model group: {1}");

    public static readonly ProblemKind UnknownFallback = Error(
        DiagnosticIds.UnknownFallback, Declaration,
        "Fallback group is not found",
        "Model group '{0}' falls back to '{1}', which is no model group of '{2}'{3}");

    public static readonly ProblemKind FallbackToItself = Error(
        DiagnosticIds.FallbackToItself, Declaration,
        "Model group falls back to itself",
        "Model group '{0}' falls back to itself, but a call visits each group once: remove it from its fallbacks, or name another group");

    public static readonly ProblemKind SmallerWindow = Warning(
        DiagnosticIds.SmallerWindow, Declaration,
        "Context window of the fallback is not larger",
        "A request that is too long for model group '{0}', which takes prompts of {1} tokens, falls back to '{2}', which takes no longer ones: {3} tokens");

    public static readonly ProblemKind MixedModes = Error(
        DiagnosticIds.MixedModes, Declaration,
        "Model group mixes kinds of calls",
        "Model group '{0}' is for {1}, as '{2}' is, but '{3}' is for {4}: make a group of each kind");

    public static readonly ProblemKind VectorsDiffer = Error(
        DiagnosticIds.VectorsDiffer, Declaration,
        "Embedding models of one group differ",
        "The vectors of model group '{0}' cannot be compared with each other: {1}; after a failover an index would hold both. {2}");

    public static readonly ProblemKind OneProvider = Warning(
        DiagnosticIds.OneProvider, Declaration,
        "All deployments are at one provider",
        "All deployments of model group '{0}' are at {1}, so that none answers while it is down: add a deployment of another provider, or a fallback group that has one");

    public static readonly ProblemKind UnusablePolicy = Error(
        DiagnosticIds.UnusablePolicy, Declaration,
        "Custom policy cannot be used",
        "Model group '{0}' cannot choose by '{1}': {2}");

    public static readonly ProblemKind AttemptsExceedDeadline = Warning(
        DiagnosticIds.AttemptsExceedDeadline, Declaration,
        "Attempts do not fit into the deadline",
        "{0} attempts of {1} s each take up to {2} s, but the deadline of a call is {3} s: the last attempts would be cut short or never made");

    public static readonly ProblemKind IdleSetting = Warning(
        DiagnosticIds.IdleSetting, Declaration,
        "Setting has no effect",
        "'{0}' of {1} has no effect: {2}");

    public static readonly ProblemKind ConstructorWithoutGroups = Error(
        DiagnosticIds.ConstructorWithoutGroups, Declaration,
        "Constructor does not make the model groups",
        "Class '{0}' {1}");

    public static readonly ProblemKind GroupWithoutName = Error(
        DiagnosticIds.GroupWithoutName, Declaration,
        "Model group has no name",
        "A model group needs a name, by which it is called in code, logs and fallbacks: name it");

    public static readonly ProblemKind FallbackOfOtherKind = Error(
        DiagnosticIds.FallbackOfOtherKind, Declaration,
        "Fallback group is for another kind of call",
        "Model group '{0}' is for {1} and falls back to '{2}', which is for {3}: name a group of the same kind");

    public static readonly ProblemKind UnknownProvider = Error(
        DiagnosticIds.UnknownProvider, Deployment,
        "Provider is unknown",
        "Deployment '{0}' names {1}{2}");

    public static readonly ProblemKind UnknownModel = Warning(
        DiagnosticIds.UnknownModel, Deployment,
        "Model is not in the catalog",
        "Deployment '{0}' names a model that is not in the catalog of provider '{1}'{2}");

    public static readonly ProblemKind RetiringModel = Warning(
        DiagnosticIds.RetiringModel, Deployment,
        "Model is about to retire",
        "The model of deployment '{0}' retires on {1}: {2}");

    public static readonly ProblemKind RetiredModel = Warning(
        DiagnosticIds.RetiredModel, Deployment,
        "Model was retired",
        "The model of deployment '{0}' was retired on {1}, so that each call fails over past it: {2}");

    public static readonly ProblemKind InvalidWeight = Error(
        DiagnosticIds.InvalidWeight, Deployment,
        "Weight must be between 0.000001 and 1000000",
        "Weight must be between 0.000001 and 1000000, but is {0}");

    public static readonly ProblemKind UnusualWeights = Info(
        DiagnosticIds.UnusualWeights, Deployment,
        "Weights do not sum to 1 or 100",
        "The weights of model group '{0}' sum to {1}, not 1 or 100: each deployment gets its part of that sum");

    public static readonly ProblemKind IgnoredWeights = Warning(
        DiagnosticIds.IgnoredWeights, Deployment,
        "Weights are stated, but the strategy ignores them",
        "The strategy {0} of model group '{1}' ignores the weights of its deployments: make it Weighted, or remove the weights");

    public static readonly ProblemKind InvalidLimit = Error(
        DiagnosticIds.InvalidLimit, Deployment,
        "Limit is out of range",
        "{0} must be {1}, but is {2}");

    public static readonly ProblemKind TokensTooFew = Warning(
        DiagnosticIds.TokensTooFew, Deployment,
        "Tokens a minute are fewer than one request may use",
        "A Tpm of {0} is less than one request to '{1}' may use, whose answer alone may have {2} tokens: each would wait until a minute's tokens are there");

    public static readonly ProblemKind DuplicateDeployment = Warning(
        DiagnosticIds.DuplicateDeployment, Deployment,
        "Deployment is declared twice in a model group",
        "Model group '{0}' has the deployment '{1}' twice, with the same endpoint and key: a failure of one is a failure of both; remove one, or give it a key or endpoint of its own");

    public static readonly ProblemKind KeyInSource = Error(
        DiagnosticIds.KeyInSource, Deployment,
        "API key in source",
        "{0} looks like an API key: keep it out of the source, put it into an environment variable and name that with {1}");

    public static readonly ProblemKind NoKey = Error(
        DiagnosticIds.NoKey, Deployment,
        "No key is named",
        "Deployment '{0}' has no key: provider '{1}' has no conventional variable for it; name one with ApiKeyEnv");

    public static readonly ProblemKind NoEndpoint = Error(
        DiagnosticIds.NoEndpoint, Deployment,
        "Endpoint is missing",
        "Deployment '{0}' has no endpoint: state Endpoint on it or on [Provider(\"{1}\")]");

    public static readonly ProblemKind InvalidEndpoint = Error(
        DiagnosticIds.InvalidEndpoint, Deployment,
        "Endpoint must be an absolute https URL",
        "Endpoint '{0}' {1}");

    public static readonly ProblemKind NoPrice = Warning(
        DiagnosticIds.NoPrice, Deployment,
        "No price is known",
        "No price is known of deployment '{0}', so that the cost of its calls is null: state {1}InputPrice and OutputPrice");

    public static readonly ProblemKind PriceNeeded = Error(
        DiagnosticIds.PriceNeeded, Deployment,
        "Cost strategy or budget needs a price",
        "No price is known of deployment '{0}', but {1} needs one: state InputPrice and OutputPrice");

    public static readonly ProblemKind DroppedParameter = Warning(
        DiagnosticIds.DroppedParameter, Deployment,
        "Parameter is dropped by a model",
        "{0} is not sent to {1}, which {2} not take it");

    public static readonly ProblemKind SenselessSupport = Warning(
        DiagnosticIds.SenselessSupport, Deployment,
        "Supports states what cannot be",
        "Deployment '{0}' cannot support {1}: {2}");

    public static readonly ProblemKind LimitsDiffer = Error(
        DiagnosticIds.LimitsDiffer, Deployment,
        "Deployments of a limit group state different limits",
        "The limit group '{0}' has {1} {2} at '{3}' and {4} at '{5}': state it once, or the same");

    public static readonly ProblemKind UnusableHeader = Error(
        DiagnosticIds.UnusableHeader, Deployment,
        "Header cannot be sent",
        "Header {0} of deployment '{1}' {2}");

    public static readonly ProblemKind UnspokenDialect = Error(
        DiagnosticIds.UnspokenDialect, Deployment,
        "Provider does not speak the wire format",
        "Deployment '{0}' is to be asked in {1}, which provider '{2}' does not speak: state {3}, or leave Dialect out");

    public static readonly ProblemKind MissingPackage = Error(
        DiagnosticIds.MissingPackage, Deployment,
        "Package with credentials is missing",
        "Deployment '{0}' needs credentials of the package {1}, which is not referenced: add it (dotnet add package {1}){2}");

    public static readonly ProblemKind UnusableClient = Error(
        DiagnosticIds.UnusableClient, Deployment,
        "Client factory cannot be used",
        "Deployment '{0}' cannot get its client from '{1}': {2}");

    public static readonly ProblemKind UnservedKind = Error(
        DiagnosticIds.UnservedKind, Deployment,
        "Deployment cannot be asked for this kind of call",
        "Deployment '{0}' cannot be asked for {1}: {2}");

    public static readonly ProblemKind JsonSyntax = Error(
        DiagnosticIds.JsonSyntax, ModelsJson,
        "models.json is not valid JSON",
        "JSON syntax error at line {0}, column {1}: {2}");

    public static readonly ProblemKind UnknownJsonProperty = Error(
        DiagnosticIds.UnknownJsonProperty, ModelsJson,
        "models.json has an unknown property",
        "Property '{0}' is unknown here{1}");

    public static readonly ProblemKind InvalidJsonValue = Error(
        DiagnosticIds.InvalidJsonValue, ModelsJson,
        "models.json has a value of the wrong type",
        "'{0}' must be {1}");

    public static readonly ProblemKind SettingWithoutEffect = Warning(
        DiagnosticIds.SettingWithoutEffect, ModelsJson,
        "LiteLLM settings have no effect",
        "Of LiteLLM's settings in {0}, these have no effect here: {1}");

    public static readonly ProblemKind DeclaredDifferently = Error(
        DiagnosticIds.DeclaredDifferently, ModelsJson,
        "Sources declare the same thing differently",
        "{0} has another {1} in {2}: state it in one place only");

    public static readonly ProblemKind MisspeltSetting = Warning(
        DiagnosticIds.MisspeltSetting, ModelsJson,
        "LiteLLM setting is unknown",
        "LiteLLM's '{0}' is unknown, and has no effect; did you mean '{1}'?");

    public static readonly ProblemKind ForeignFile = Info(
        DiagnosticIds.ForeignFile, ModelsJson,
        "models.json declares no model groups",
        "This file has none of the members of one that declares model groups, and is left alone: if it is for another program, set the property RouterGenModelsJson of the project to false");

    public static readonly ProblemKind ProviderNotThere = Warning(
        DiagnosticIds.ProviderNotThere, ModelsJson,
        "Provider of a LiteLLM configuration is not there yet",
        "Deployment '{0}' is left out, because provider '{1}' is not there yet: where it speaks a wire format that is there, declare it under \"providers\"");

    /// <summary>All of them, by ID.</summary>
    public static readonly ProblemKind[] All =
    [
        ClassNotExtensible, GroupWithoutDeployments, MemberCollision, DuplicateGroup, DeploymentWithoutGroup, UnknownFallback, FallbackToItself, SmallerWindow, MixedModes,
        VectorsDiffer, OneProvider, UnusablePolicy, AttemptsExceedDeadline, IdleSetting, ConstructorWithoutGroups, GroupWithoutName, FallbackOfOtherKind,
        UnknownProvider, UnknownModel, RetiringModel, RetiredModel, InvalidWeight, UnusualWeights, IgnoredWeights, InvalidLimit, TokensTooFew,
        DuplicateDeployment, KeyInSource, NoKey, NoEndpoint, InvalidEndpoint, NoPrice, PriceNeeded, DroppedParameter, SenselessSupport, LimitsDiffer, UnusableHeader, UnspokenDialect, MissingPackage, UnusableClient, UnservedKind,
        JsonSyntax, UnknownJsonProperty, InvalidJsonValue, SettingWithoutEffect, DeclaredDifferently,
        MisspeltSetting, ForeignFile, ProviderNotThere,
    ];

    private static ProblemKind Error(string id, string category, string title, string message) => new(id, category, ProblemSeverity.Error, title, message);

    private static ProblemKind Warning(string id, string category, string title, string message) => new(id, category, ProblemSeverity.Warning, title, message);

    private static ProblemKind Info(string id, string category, string title, string message) => new(id, category, ProblemSeverity.Info, title, message);
}
