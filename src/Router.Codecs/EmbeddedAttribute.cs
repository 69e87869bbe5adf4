using System.Diagnostics;

namespace Microsoft.CodeAnalysis;

/// <summary>
/// Hides a type from other assemblies, also from those that see internals: two projects that both use RouterGen each
/// have their own codecs. The generator defines it in the user's project; this file is not delivered.
/// </summary>
/// <remarks>Conditional on a symbol that is never defined, so that it hides nothing here: the tests must see the codecs.</remarks>
[Conditional("ROUTERGEN_DELIVERED")]
internal sealed partial class EmbeddedAttribute : System.Attribute;
