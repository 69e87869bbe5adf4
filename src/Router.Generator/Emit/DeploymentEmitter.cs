using System.Globalization;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>Writes what a group's file says of one deployment.</summary>
internal static class DeploymentEmitter
{
    /// <summary>The property through which the deployment's state can be seen.</summary>
    public static void WriteProperty(SourceWriter writer, DeploymentSpec deployment, int index) => writer.Write($"""
        /// <summary>{Literal.Xml(deployment.Name + Describe(deployment))}.</summary>
        public {CodeNames.Deployment} {deployment.MemberName} => Deployments[{Literal.Of(index)}];
        """);

    /// <summary>The deployment as data; only what differs from the runtime's defaults.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="constants">The name of the struct that specialises its codec.</param>
    public static void WriteDefinition(SourceWriter writer, DeploymentSpec deployment, string constants)
    {
        ConnectionSpec connection = deployment.Connection;
        writer.Line("new()");
        writer.Open();
        writer.Line($"Name = {Literal.Of(deployment.Name)},");
        writer.Line($"Provider = {Literal.Of(deployment.Provider)},");
        if (deployment.TelemetryProvider is { } telemetry) writer.Line($"TelemetryProvider = {Literal.Of(telemetry)},");
        writer.Line($"Model = {Literal.Of(deployment.Model)},");
        writer.Line($"Endpoint = {Literal.Of(connection.Endpoint)},");
        if (connection.EndpointVariable is { } endpointVariable) writer.Line($"EndpointVariable = {Literal.Of(endpointVariable)},");
        if (connection.EndpointSuffix is { } endpointSuffix) writer.Line($"EndpointSuffix = {Literal.Of(endpointSuffix)},");
        if (connection.KeyVariable is { } keyVariable) writer.Line($"KeyVariable = {Literal.Of(keyVariable)},");
        if (connection.OtherKeyVariables.Count > 0) writer.Line($"OtherKeyVariables = [{string.Join(", ", connection.OtherKeyVariables.Select(Literal.Of))}],");
        PlatformRow? platform = PlatformRow.Find(connection.Platform);
        if (platform is not null)
        {
            writer.Line($"Platform = {CodecSources.PlatformOf(platform, deployment.Dialect, connection)},");
        }
        else if (connection is not { KeyHeader: "Authorization", KeyPrefix: "Bearer " })
        {
            string prefix = connection.KeyPrefix.Length > 0 ? ", " + Literal.Of(connection.KeyPrefix) : "";
            writer.Line($"Platform = new {CodeNames.KeyHeaderPlatform}({Literal.Of(connection.KeyHeader)}{prefix}),");
        }

        WriteHeaders(writer, "Headers", connection.Headers.Where(header => !header.IsVariable));
        WriteHeaders(writer, "HeaderVariables", connection.Headers.Where(header => header.IsVariable));
        SettingEmitter.Write(writer, DeploymentProperties.All, deployment.Settings.Stated);
        WriteModelLimits(writer, deployment.ModelLimits);
        if (deployment.Prices is { } prices) PriceEmitter.Write(writer, prices);
        writer.Line($"Codec = new {CodecOf(deployment, platform)}<{ConstantsEmitter.TypeOf(constants)}>({ArgumentsOf(deployment.Client)}),");
        writer.Close("},");
    }

    private static string CodecOf(DeploymentSpec deployment, PlatformRow? platform) => deployment.Client is null ? CodecSources.TypeOf(deployment.Dialect, platform, deployment.Kind) : CodeNames.ClientCodec;

    // A factory that cannot be used is reported; where that is suppressed, the deployment cannot be used.
    private static string ArgumentsOf(ClientSpec? client)
    {
        if (client is null) return "";
        string factory = client.Factory is { } type ? $"new {type}()" : "throw new global::System.NotSupportedException()";
        return string.Join(", ", client.Libraries.Select(CodecSources.ReaderOf).Prepend("static () => " + factory));
    }

    private static void WriteHeaders(SourceWriter writer, string property, IEnumerable<HeaderSpec> headers)
    {
        string list = string.Join(", ", headers.Select(header => $"new({Literal.Of(header.Name)}, {Literal.Of(header.Value)})"));
        if (list.Length > 0) writer.Line($"{property} = [{list}],");
    }

    private static void WriteModelLimits(SourceWriter writer, ModelLimits limits)
    {
        List<string> known = [];
        if (limits.ContextWindow is { } window) known.Add($"ContextWindow: {Literal.Of(window)}");
        if (limits.InputLimit is { } input) known.Add($"InputLimit: {Literal.Of(input)}");
        if (limits.OutputLimit is { } output) known.Add($"OutputLimit: {Literal.Of(output)}");
        if (known.Count > 0) writer.Line($"ModelLimits = new({string.Join(", ", known)}),");
    }

    private static string Describe(DeploymentSpec deployment)
    {
        List<string> facts = [];
        if (deployment.Name != deployment.ModelName) facts.Add(deployment.ModelName);
        if (deployment.ModelLimits.ContextWindow is { } window) facts.Add(window.ToString("N0", CultureInfo.InvariantCulture) + " tokens of context");
        if (deployment.Prices is { } prices)
        {
            facts.Add(string.Format(CultureInfo.InvariantCulture, "${0} per million input tokens, ${1} per million output tokens", prices.Standard.Input, prices.Standard.Output));
        }

        return facts.Count == 0 ? "" : ": " + string.Join(", ", facts);
    }
}
