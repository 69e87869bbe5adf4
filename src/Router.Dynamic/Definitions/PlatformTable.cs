using RouterGen.Codecs;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Specs;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Definitions;

/// <summary>All platforms, by the names that the catalog calls them, with the credentials of the packages that this one comes with.</summary>
internal static class PlatformTable
{
    private delegate Platform Maker(string? apiVersion, string? keyHeader, bool hasCredentials);

    private static readonly Dictionary<string, Maker> All = new(StringComparer.Ordinal)
    {
        ["azure"] = static (apiVersion, keyHeader, hasCredentials) => Azure(apiVersion, keyHeader, hasCredentials ? AzureCredentials.Default : null),
        ["foundry"] = static (apiVersion, keyHeader, hasCredentials) => Azure(apiVersion, keyHeader, hasCredentials ? AzureCredentials.Foundry : null),
        ["vertex"] = static (_, _, hasCredentials) => new VertexPlatform(hasCredentials ? GoogleCredentials.Default : null),
        ["bedrock"] = static (_, _, hasCredentials) => new BedrockPlatform(hasCredentials ? AwsCredentials.Default : null),
        ["watsonx"] = static (_, _, _) => new WatsonxPlatform(),
    };

    /// <summary>Gets the assemblies whose credentials are here.</summary>
    public static readonly string[] Packages = ["RouterGen.Azure", "RouterGen.Aws", "RouterGen.Google"];

    /// <summary>Returns where a deployment is served.</summary>
    public static Platform Make(DeploymentSpec deployment)
    {
        ConnectionSpec connection = deployment.Connection;
        if (PlatformRow.Find(connection.Platform) is not { } row) return new KeyHeaderPlatform(connection.KeyHeader, connection.KeyPrefix);
        return All[row.Name](connection.ApiVersion, row.In(deployment.Dialect)?.KeyHeader, connection.HasCredentials);
    }

    private static AzurePlatform Azure(string? apiVersion, string? keyHeader, CredentialSource? credentials) =>
        keyHeader is null ? new(apiVersion, credentials: credentials) : new(apiVersion, keyHeader, credentials);
}
