using RouterGen.Declarations.Names;

namespace RouterGen.Generator.Emit;

/// <summary>The types that emitted code refers to.</summary>
internal static class CodeNames
{
    public const string Root = "global::RouterGen";
    public const string Infrastructure = Root + ".Infrastructure";
    public const string ModelGroup = Root + ".ModelGroup";
    public const string Deployment = Root + ".Deployment";
    public const string SelectionPolicy = Root + ".SelectionPolicy";
    public const string RoutingStrategy = Root + ".RoutingStrategy";
    public const string ServiceTier = Root + ".ServiceTier";
    public const string BudgetPeriod = Root + ".BudgetPeriod";
    public const string ModelCapabilities = Root + ".ModelCapabilities";
    public const string RouterOptions = Root + ".RouterOptions";
    public const string RouterContext = Infrastructure + ".RouterContext";
    public const string AmbientRouter = Infrastructure + ".AmbientRouter";
    public const string RouterOverride = Infrastructure + ".RouterOverride";
    public const string GroupDefinition = Infrastructure + ".GroupDefinition";
    public const string KeyHeaderPlatform = Infrastructure + ".KeyHeaderPlatform";
    public const string DeploymentConstants = Infrastructure + ".IDeploymentConstants";
    public const string ModelProfile = Infrastructure + ".ModelProfile";
    public const string ModelEfforts = Infrastructure + ".ModelEfforts";
    public const string ModelParameters = Infrastructure + ".ModelParameters";
    public const string ClientCodec = Infrastructure + ".ClientCodec";
    public const string Codecs = Root + ".Codecs";
    public const string Constants = Codecs + ".Constants";

    /// <summary>What marks emitted types as such.</summary>
    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"{MemberNames.GeneratedBy}\", {Literal.Of(typeof(CodeNames).Assembly.GetName().Version.ToString(3))})]";
}
