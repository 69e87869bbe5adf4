using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Drafts;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Declarations.Specs;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads where a deployment is, and what its requests are authorised with.</summary>
/// <param name="packages">The assemblies of RouterGen's packages that the class can use; null where that is not known.</param>
/// <param name="problems">Where what is wrong is added.</param>
internal sealed class ConnectionParser(EquatableArray<string>? packages, ProblemList problems)
{
    /// <summary>Returns the connection; null where there is none, for a reason that is reported.</summary>
    /// <param name="declared">The deployment.</param>
    /// <param name="provider">Its provider, as it is in the deployment's wire format.</param>
    /// <param name="deployment">Provider and model, for messages.</param>
    /// <param name="headers">The headers that it states.</param>
    public ConnectionSpec? Parse(DeclaredArguments declared, ProviderRow provider, string deployment, List<HeaderSpec> headers)
    {
        int before = problems.Count;
        string? ownEndpoint = SharedProperties.Endpoint(declared, problems);
        string? ownVariable = SharedProperties.EndpointVariable(declared, problems);
        bool takesNoKey = SharedProperties.TakesNoKey(declared);
        string? ownKey = takesNoKey ? null : SharedProperties.Key(declared, provider.KeyVariable ?? SharedProperties.ConventionalKey(provider.Name), problems);
        string? key = takesNoKey ? null : ownKey ?? provider.KeyVariable;
        string? version = ApiVersionOf(declared, provider, deployment);
        string? template = ownEndpoint is null ? EndpointOf(declared, provider) : null;
        bool isSound = problems.Count == before;
        if ((ownEndpoint ?? template) is not { } endpoint)
        {
            if (isSound) problems.Add(ProblemKinds.NoEndpoint, declared.PlaceOf("Model"), deployment, provider.Name);
            return null;
        }

        if (key is not null && !declared.IsTrue("AllowInsecureHttp") && Endpoints.IsClearText(endpoint))
        {
            SharedProperties.ReportClearText(declared, ownEndpoint is not null ? "Endpoint" : declared.Has("ApiKeyEnv") ? "ApiKeyEnv" : "Model", endpoint, problems);
            return null;
        }

        // A server of one's own takes no key; one at a public address, of which nothing is known, most likely does.
        PlatformRow? platform = provider.Platform;
        if (platform is null && key is null && isSound && !takesNoKey && !provider.TakesNoKey && endpoint.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && !Endpoints.IsLoopback(endpoint))
        {
            problems.AddFixable(
                ProblemKinds.NoKey, declared.PlaceOf("Model"), DiagnosticProperties.Variable, SharedProperties.ConventionalKey(provider.Name), deployment, provider.Name);
        }

        bool hasCredentials = platform?.Package is { } package && (packages is not { } known || known.Contains(package));
        if (platform?.Package is not null && !hasCredentials && key is null && isSound) ReportMissingPackage(declared, provider, platform, deployment);

        PlatformDialect? differing = platform?.In(provider.Dialect);
        string? bodyStart = differing?.BodyStart;
        List<HeaderSpec> inBody = [];
        if (differing?.HeaderInBody is { } list)
        {
            // What variables hold is not known yet, and stays a header.
            inBody = headers.FindAll(header => !header.IsVariable && string.Equals(header.Name, list.Header, StringComparison.OrdinalIgnoreCase));
            if (inBody.Count > 0) bodyStart += $",\"{list.Member}\":[{string.Join(",", inBody.SelectMany(header => header.Value.Split(',')).Select(Quoted))}]";
        }

        // A base URL that the deployment itself states is not to be overridden by the variable of all the provider's others.
        string? variable = ownVariable ?? (ownEndpoint is null ? provider.EndpointVariable : null);
        DialectRow conventions = provider.Conventions;
        return new(
            endpoint,
            variable,
            key,
            conventions.KeyHeader,
            conventions.KeyPrefix,
            conventions.Headers.Concat(headers.Except(inBody)).ToEquatableArray())
        {
            EndpointSuffix = declared.Text(FileProperties.EndpointSuffix) ?? (ownVariable is null && ownEndpoint is null ? provider.EndpointSuffix : null),
            OtherKeyVariables = ownKey is null && key is not null ? provider.OtherKeyVariables.ToEquatableArray() : default,
            Platform = platform?.Name,
            BodyStart = bodyStart,
            ApiVersion = version,
            HasCredentials = hasCredentials,
        };
    }

    private static string Quoted(string value) => "\"" + value.Trim().Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    // Parts of the endpoint that the deployment states are filled in; the others are left to variables.
    private string? EndpointOf(DeclaredArguments declared, ProviderRow provider)
    {
        if (provider.Endpoint is not { } endpoint) return null;
        foreach (KeyValuePair<string, string[]> part in provider.EndpointParts)
        {
            string property = char.ToUpperInvariant(part.Key[0]) + part.Key.Substring(1);
            string? stated = SharedProperties.Name(declared, property, problems);
            if (stated is null && part.Value.Length == 0) return null;
            if (stated is not null && !IsPart(declared, property, stated)) return null;
            endpoint = endpoint.Replace("{" + part.Key + "}", stated ?? "{" + string.Join("|", part.Value) + "}");
        }

        return endpoint;
    }

    private string? ApiVersionOf(DeclaredArguments declared, ProviderRow provider, string deployment)
    {
        const string Property = "ApiVersion";
        if (SharedProperties.Name(declared, Property, problems) is not { } stated) return null;
        if (provider.Platform is { TakesApiVersion: true }) return IsPart(declared, Property, stated) ? stated : null;
        problems.Add(ProblemKinds.IdleSetting, declared.PlaceOf(Property), declared.NameOf(Property), $"deployment '{deployment}'", $"addresses of provider '{provider.Name}' have no version");
        return null;
    }

    private bool IsPart(DeclaredArguments declared, string property, string stated)
    {
        if (stated.All(IsPartCharacter)) return true;
        problems.Add(ProblemKinds.InvalidEndpoint, declared.PlaceOf(property), stated, $"cannot be a part of the address, as {declared.NameOf(property)} is here: it may hold letters, digits, '-' and '_'");
        return false;
    }

    private static bool IsPartCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

    private void ReportMissingPackage(DeclaredArguments declared, ProviderRow provider, PlatformRow platform, string deployment) => problems.AddFixable(
        ProblemKinds.MissingPackage,
        declared.PlaceOf(declared.Has("ApiKeyEnv") ? "ApiKeyEnv" : "Model"),
        DiagnosticProperties.Variable,
        platform.TakesKeys ? provider.KeyVariable : null,
        deployment,
        platform.Package!,
        platform.TakesKeys && provider.KeyVariable is { } variable ? $", or name a key, such as {variable}, with {declared.NameOf("ApiKeyEnv")}" : "");
}
