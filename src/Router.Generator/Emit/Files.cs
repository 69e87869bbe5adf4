using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>The file of a class: its constructor or its ambient options, and what describes all groups.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Class">The class.</param>
/// <param name="Names">The names of its members besides the accessors.</param>
/// <param name="CanConstruct">Whether it has the constructor that makes its groups.</param>
/// <param name="OwnsClients">Whether it disposes the clients that its groups make.</param>
/// <param name="Groups">Its groups.</param>
internal sealed record ClassFile(string HintName, ClassHeader Class, ClassNames Names, bool CanConstruct, bool OwnsClients, EquatableArray<GroupEntry> Groups);

/// <summary>What a class's own file says of a group; an edit of the group's deployments leaves that file alone.</summary>
/// <param name="Name">The group's name as declared.</param>
/// <param name="MemberName">The accessor's name.</param>
/// <param name="TypeName">The name of the accessor's type.</param>
/// <param name="Kind">What its deployments are asked for.</param>
/// <param name="HasFallbacks">Whether the group must know its owner, to find others.</param>
internal sealed record GroupEntry(string Name, string MemberName, string TypeName, CallKind Kind, bool HasFallbacks);

/// <summary>The file that registers an instance class with a service collection.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Namespace">The class's namespace, which is the registration's too; empty for the global one.</param>
/// <param name="QualifiedName">The class.</param>
/// <param name="ExtensionName">The class's part in the names of the registration: <c>Models</c> in <c>AddModels</c>.</param>
/// <param name="IsPublic">Whether other assemblies may see it.</param>
/// <param name="Groups">The class's groups.</param>
internal sealed record ServicesFile(string HintName, string Namespace, string QualifiedName, string ExtensionName, bool IsPublic, EquatableArray<GroupEntry> Groups);

/// <summary>The file of one group.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Class">The class.</param>
/// <param name="Group">The group.</param>
/// <param name="Constants">The names of the structs that its deployments' codecs are specialised by, in their order.</param>
internal sealed record GroupFile(string HintName, ClassHeader Class, GroupSpec Group, EquatableArray<string> Constants);

/// <summary>The file of a struct of constants, which all groups share.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Name">The struct's name.</param>
/// <param name="Spec">The constants.</param>
internal sealed record ConstantsFile(string HintName, string Name, ConstantsSpec Spec);
