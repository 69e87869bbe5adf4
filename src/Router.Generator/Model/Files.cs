namespace RouterGen.Generator.Model;

/// <summary>The file of a class: its constructor or its ambient options, and its registration.</summary>
/// <param name="HintName">The file's name.</param>
/// <param name="Class">The class.</param>
/// <param name="ConfigureName">The name of the method that sets a static class's options.</param>
/// <param name="Services">How an instance class is registered; null where it cannot be.</param>
/// <param name="ExtensionName">The part of the registration's name that is the class's, for example <c>Models</c> of <c>AddModels</c>.</param>
/// <param name="Groups">Its groups.</param>
internal sealed record ClassFile(
    string HintName,
    ClassHeader Class,
    string ConfigureName,
    ServicesSpec? Services,
    string ExtensionName,
    EquatableArray<GroupEntry> Groups);

/// <summary>What a class's own file says of a group; an edit of the group's deployments leaves that file alone.</summary>
internal sealed record GroupEntry(string Name, string MemberName, string TypeName);

/// <summary>The file of one group.</summary>
internal sealed record GroupFile(string HintName, ClassHeader Class, GroupSpec Group);
