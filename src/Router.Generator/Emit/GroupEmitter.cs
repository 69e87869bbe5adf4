using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Model;

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
        string models = group.Deployments.Count == 0 ? "no deployments" : string.Join(", ", group.Deployments.Select(deployment => deployment.Name));
        writer.Line($"/// <summary>The model group <c>{Literal.Xml(group.Name)}</c>: {Literal.Xml(models)}.</summary>");
        writer.Line(CodeNames.GeneratedCode);
        writer.Line(file.Class.IsStatic
            ? $"public static {group.TypeName} {group.MemberName} => {group.TypeName}.Instance;"
            : $"public {group.TypeName} {group.MemberName} {{ get; }}");
    }

    private static void WriteType(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        writer.Write($"""
            /// <summary>The type of <see cref="{group.MemberName}"/>.</summary>
            {CodeNames.GeneratedCode}
            public sealed class {group.TypeName} : {CodeNames.ModelGroup}
            """);
        writer.Open();
        WriteConstruction(writer, file);
        foreach (FallbackSpec fallback in group.Fallbacks)
        {
            writer.Line();
            WriteFallback(writer, file, fallback);
        }

        if (group.Routing.Policy is { } policy)
        {
            writer.Line();
            RoutingEmitter.WritePolicy(writer, policy);
        }

        for (int i = 0; i < group.Deployments.Count; i++)
        {
            writer.Line();
            DeploymentEmitter.WriteProperty(writer, group.Deployments[i], i);
        }

        writer.Line();
        WriteDefinition(writer, group);
        writer.Line();
        writer.Text("internal const string Description =", GroupDescription.Lines(group));
        writer.Line();
        writer.Text("internal const string Graph =", FallbackChart.Lines(group));
        foreach (DeploymentSpec deployment in group.Deployments)
        {
            writer.Line();
            DeploymentEmitter.WriteConstants(writer, deployment);
        }

        writer.Close();
    }

    private static void WriteConstruction(SourceWriter writer, GroupFile file)
    {
        GroupSpec group = file.Group;
        bool needsOwner = !file.Class.IsStatic && group.Fallbacks.Count > 0;
        if (needsOwner) writer.Line($"private readonly {file.Class.QualifiedName} _owner;");
        if (needsOwner) writer.Line();
        writer.Write(file.Class.IsStatic
            ? $$"""
                internal static readonly {{group.TypeName}} Instance = new();

                // Makes the instance wait for its first use, before which the options may be set.
                static {{group.TypeName}}()
                {
                }

                private {{group.TypeName}}() : base({{file.Class.AmbientName}}.Router.Context, CreateDefinition())
                {
                }
                """
            : $"internal {group.TypeName}({(needsOwner ? file.Class.QualifiedName + " owner, " : "")}{CodeNames.RouterContext} context) : base(context, CreateDefinition())");
        if (file.Class.IsStatic) return;
        writer.Open();
        if (needsOwner) writer.Line("_owner = owner;");
        writer.Close();
    }

    // Read when a call first needs it: by then all groups are there, in whatever order they were made.
    private static void WriteFallback(SourceWriter writer, GroupFile file, FallbackSpec fallback)
    {
        string owner = file.Class.IsStatic ? file.Class.QualifiedName : "_owner";
        string groups = string.Join(", ", fallback.Members.Select(member => owner + "." + member));
        writer.Write($"""
            private {CodeNames.ModelGroup}[]? {FieldOf(fallback)};

            /// <inheritdoc/>
            protected override {CodeNames.ModelGroup}[] {fallback.Occasion} => {FieldOf(fallback)} ??= [{groups}];
            """);
    }

    private static string FieldOf(FallbackSpec fallback) => "_" + char.ToLowerInvariant(fallback.Occasion[0]) + fallback.Occasion.Substring(1);

    private static void WriteDefinition(SourceWriter writer, GroupSpec group)
    {
        writer.Line($"private static {CodeNames.GroupDefinition} CreateDefinition() => new()");
        writer.Open();
        writer.Line($"Name = {Literal.Of(group.Name)},");
        GroupSettings settings = group.Settings;
        if (settings.MaxAttempts is { } attempts) writer.Line($"MaxAttempts = {Literal.Of(attempts)},");
        writer.Time("Timeout", settings.Timeout);
        writer.Time("MaxWait", settings.MaxWait);
        writer.Time("AttemptTimeout", settings.AttemptTimeout);
        writer.Time("FirstTokenTimeout", settings.FirstTokenTimeout);
        writer.Time("StreamIdleTimeout", settings.StreamIdleTimeout);
        writer.Time("Cooldown", settings.Cooldown);
        if (settings.AllowedFails is { } fails) writer.Line($"AllowedFails = {Literal.Of(fails)},");
        RoutingEmitter.WriteSettings(writer, group.Routing);
        writer.Line("Deployments =");
        writer.Open("[");
        foreach (DeploymentSpec deployment in group.Deployments) DeploymentEmitter.WriteDefinition(writer, deployment);
        writer.Close("],");
        writer.Close("};");
    }
}
