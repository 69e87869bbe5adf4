namespace RouterGen.Declarations.Arguments;

/// <summary>The attributes that declare something, by metadata name.</summary>
internal static class AttributeNames
{
    public const string ModelGroup = "RouterGen.ModelGroupAttribute";
    public const string Deployment = "RouterGen.DeploymentAttribute";
    public const string Provider = "RouterGen.ProviderAttribute";
}
