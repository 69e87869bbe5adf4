using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Emit;

/// <summary>Writes the file of a class: what its groups share.</summary>
internal static class ClassEmitter
{
    public static SourceText Emit(ClassFile file)
    {
        SourceWriter writer = SourceWriter.StartFile(file.Class.Namespace);
        if (file.Class.Modifiers.Length > 0)
        {
            writer.Line("/// <summary>The model groups that the project's models.json declares.</summary>");
            writer.Line(CodeNames.GeneratedCode);
        }

        writer.Line(file.Class.Declaration + (file.OwnsClients ? " : global::System.IDisposable" : ""));
        writer.Open();
        if (file.Class.IsStatic)
        {
            WriteConfigure(writer, file);
        }
        else
        {
            if (file.CanConstruct) WriteConstructor(writer, file);
        }

        if (file.Class.IsStatic || file.CanConstruct) writer.Line();
        WriteDescription(writer, file);
        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteConfigure(SourceWriter writer, ClassFile file) => writer.Write($$"""
        /// <summary>Sets the options of all groups of this class. Optional; must precede the first use of a group.</summary>
        /// <param name="options">The options.</param>
        {{CodeNames.GeneratedCode}}
        public static void {{file.Names.Configure}}({{CodeNames.RouterOptions}} options) => {{file.Class.AmbientName}}.Router.Configure(options);

        /// <summary>
        /// Gives this class groups of their own, with other options: for the code that calls this, what it awaits and what it starts, until the result is
        /// disposed. Code elsewhere notices nothing, so tests may run side by side. Overrides may be nested.
        /// </summary>
        /// <param name="options">The options of these groups.</param>
        /// <returns>What ends it: <c>using ({{file.Names.Override}}(options)) { … }</c>.</returns>
        {{CodeNames.GeneratedCode}}
        public static global::System.IDisposable {{file.Names.Override}}({{CodeNames.RouterOptions}} options) => {{file.Class.AmbientName}}.Router.BeginOverride(options);

        // A class of its own, so that it is there also for static fields of this class, whose order is not ours to know.
        {{CodeNames.GeneratedCode}}
        private static class {{file.Class.AmbientName}}
        {
            internal static readonly {{CodeNames.AmbientRouter}} Router = new();
        }
        """);

    // Each group's file holds the group's own part, so that an edit of one leaves this file alone. All are constants: what
    // no code asks for is in no trimmed program.
    private static void WriteDescription(SourceWriter writer, ClassFile file)
    {
        writer.Write($"""
            /// <summary>
            /// The routing table as the build resolved it: each group with its settings and fallbacks, and each deployment with its limits,
            /// window in tokens, prices in USD per million tokens and what its model takes. For people to read, its form may change.
            /// </summary>
            {CodeNames.GeneratedCode}
            """);
        writer.Join($"public static string {file.Names.Describe}() =>", file.Groups.Select((group, i) => (i == 0 ? "" : "\"\\n\" + ") + $"{group.TypeName}.Description"));
        writer.Line();
        writer.Write($"""
            /// <summary>The groups and the fallbacks between them as a Mermaid flowchart, for documentation.</summary>
            {CodeNames.GeneratedCode}
            """);
        writer.Join($"public const string {file.Names.FallbackGraph} =", file.Groups.Select(group => $"{group.TypeName}.Graph").Prepend(Literal.Of(FallbackChart.Start + "\n")));
    }

    private static void WriteConstructor(SourceWriter writer, ClassFile file)
    {
        if (file.OwnsClients)
        {
            writer.Write($"""
                private readonly {CodeNames.RouterContext} _routerGenContext;

                """);
        }

        writer.Write($"""
            /// <summary>Makes the groups, with a state of their own.</summary>
            /// <param name="options">The options; null for the defaults.</param>
            {CodeNames.GeneratedCode}
            public {file.Class.Name}({CodeNames.RouterOptions}? options = null)
            """);
        writer.Open();
        writer.Line($"var context = new {CodeNames.RouterContext}(options);");
        foreach (GroupEntry group in file.Groups) writer.Line($"{group.MemberName} = new {group.TypeName}({(group.HasFallbacks ? "this, " : "")}context);");
        if (file.OwnsClients) writer.Line("_routerGenContext = context;");
        writer.Close();
        if (!file.OwnsClients) return;
        writer.Line();
        writer.Write($"""
            /// <summary>Disposes the clients that the factories of deployments made. What is asked through them fails from then on.</summary>
            {CodeNames.GeneratedCode}
            public void Dispose() => _routerGenContext.Dispose();
            """);
    }
}
