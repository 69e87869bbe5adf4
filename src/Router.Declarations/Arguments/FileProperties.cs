namespace RouterGen.Declarations.Arguments;

/// <summary>What a file states of a deployment by what it is, and no attribute can.</summary>
internal static class FileProperties
{
    /// <summary>True for an entry of a LiteLLM configuration.</summary>
    public const string IsLiteLLM = "IsLiteLLM";

    /// <summary>What the value of the endpoint's variable is completed with, where it does not end so.</summary>
    public const string EndpointSuffix = "EndpointSuffix";
}
