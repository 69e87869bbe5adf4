namespace Microsoft.CodeAnalysis;

/// <summary>Hides a type from other assemblies: the dialects' quirks are compiled here as they are in the user's project.</summary>
internal sealed partial class EmbeddedAttribute : Attribute;
