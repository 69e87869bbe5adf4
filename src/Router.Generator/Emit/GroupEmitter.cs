using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Specs;

namespace RouterGen.Generator.Emit;

/// <summary>Writes the file of one group: its accessor and its type.</summary>
internal static class GroupEmitter
{
    public static SourceText Emit(GroupFile file)
    {
        SourceWriter writer = SourceWriter.StartFile(file.Class.Namespace);
        writer.Line(file.Class.Declaration);
        writer.Open();
        WriteAccessor(writer, file);
        writer.Line();
        WriteType(writer, file);
        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteAccessor(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        string models = group.Deployments.Count == 0 ? "no deployments" : string.Join(", ", group.Deployments.Select(Show));
        writer.Line($"/// <summary>The model group <c>{Literal.Xml(group.Name)}</c>: {Literal.Xml(models)}.</summary>");
        writer.Line(CodeNames.GeneratedCode);
        writer.Line(file.Class.IsStatic
            ? $"public static {group.TypeName} {group.MemberName} => {CodeNames.AmbientRouter}.HasOverrides ? {group.TypeName}.In({file.Class.AmbientName}.Router.Override) : {group.TypeName}.Instance;"
            : $"public {group.TypeName} {group.MemberName} {{ get; }}");
    }

    private static string Show(DeploymentSpec deployment) =>
        deployment.Name == deployment.ModelName ? deployment.Name : $"{deployment.Name} ({deployment.ModelName})";

    private static void WriteType(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        writer.Write($"""
            /// <summary>The type of <see cref="{group.MemberName}"/>.</summary>
            {CodeNames.GeneratedCode}
            public sealed class {group.TypeName} : {KindNames.Of(group.Kind).Group}
            """);
        writer.Open();
        WriteConstruction(writer, file);
        foreach (FallbackSpec fallback in group.Fallbacks)
        {
            writer.Line();
            WriteFallback(writer, file, fallback);
        }

        if (group.Policy is { } policy)
        {
            writer.Line();
            WritePolicy(writer, policy);
        }

        for (int i = 0; i < group.Deployments.Count; i++)
        {
            writer.Line();
            DeploymentEmitter.WriteProperty(writer, group.Deployments[i], i);
        }

        writer.Line();
        WriteDefinition(writer, file);
        writer.Line();
        writer.Text("internal const string Description =", GroupDescription.Lines(group));
        writer.Line();
        writer.Text("internal const string Graph =", FallbackChart.Lines(group));
        writer.Close();
    }

    private static void WriteConstruction(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        bool needsOwner = !file.Class.IsStatic && group.Fallbacks.Count > 0;
        if (file.Class.IsStatic) writer.Line($"internal static readonly {group.TypeName} Instance = new(null);");
        if (file.Class.IsStatic && group.Fallbacks.Count > 0) writer.Line($"private readonly {CodeNames.RouterOverride}? _override;");
        if (needsOwner) writer.Line($"private readonly {file.Class.QualifiedName} _owner;");
        if (file.Class.IsStatic || needsOwner) writer.Line();
        if (group.Fallbacks.Count > 0) WriteFallbackFields(writer, group);
        if (file.Class.IsStatic)
        {
            writer.Write($$"""
                // Makes the instance wait for its first use, before which the options may be set.
                static {{group.TypeName}}()
                {
                }

                private {{group.TypeName}}({{CodeNames.RouterOverride}}? scope) : base(scope?.Context ?? {{file.Class.AmbientName}}.Router.Context, CreateDefinition()){{(group.Fallbacks.Count > 0 ? " => _override = scope;" : "\n{\n}")}}

                // The group as it is within an override, or outside of any.
                internal static {{group.TypeName}} In({{CodeNames.RouterOverride}}? scope) => scope is null ? Instance : scope.Group(static scope => new {{group.TypeName}}(scope));
                """);
            return;
        }

        writer.Line($"internal {group.TypeName}({(needsOwner ? file.Class.QualifiedName + " owner, " : "")}{CodeNames.RouterContext} context) : base(context, CreateDefinition())");
        writer.Open();
        if (needsOwner) writer.Line("_owner = owner;");
        writer.Close();
    }

    private static void WriteFallbackFields(SourceWriter writer, GroupSpec group)
    {
        writer.Line("// Found when a call first needs them: by then all groups exist, in whatever order they were made.");
        foreach (FallbackSpec fallback in group.Fallbacks) writer.Line($"private {CodeNames.ModelGroup}[]? {FieldOf(fallback)};");
        writer.Line();
    }

    private static void WriteFallback(SourceWriter writer, GroupFile file, FallbackSpec fallback)
    {
        IEnumerable<string> found = file.Class.IsStatic
            ? fallback.Types.Select(type => $"{file.Class.QualifiedName}.{type}.In(_override)")
            : fallback.Members.Select(member => "_owner." + member);
        string groups = string.Join(", ", found);
        writer.Write($"""
            /// <inheritdoc/>
            protected override {CodeNames.ModelGroup}[] {fallback.Occasion} => {FieldOf(fallback)} ??= [{groups}];
            """);
    }

    // The method that makes the group's policy of the user's own.
    private static void WritePolicy(SourceWriter writer, string policy) => writer.Write($"""
        /// <inheritdoc/>
        protected override {CodeNames.SelectionPolicy}? CreatePolicy() => new {policy}();
        """);

    private static string FieldOf(FallbackSpec fallback) => "_" + char.ToLowerInvariant(fallback.Occasion[0]) + fallback.Occasion.Substring(1);

    private static void WriteDefinition(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        writer.Line($"private static {CodeNames.GroupDefinition} CreateDefinition() => new()");
        writer.Open();
        writer.Line($"Name = {Literal.Of(group.Name)},");
        SettingEmitter.Write(writer, GroupProperties.All, group.Settings);
        writer.Line("Deployments =");
        writer.Open("[");
        for (int i = 0; i < group.Deployments.Count; i++) DeploymentEmitter.WriteDefinition(writer, group.Deployments[i], file.Constants[i]);
        writer.Close("],");
        writer.Close("};");
    }
}
