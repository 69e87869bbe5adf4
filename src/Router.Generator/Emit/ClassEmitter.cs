using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Model;

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

        writer.Line(file.Class.Declaration);
        writer.Open();
        if (file.Class.IsStatic)
        {
            WriteConfigure(writer, file);
        }
        else
        {
            WriteConstructor(writer, file);
        }

        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteConfigure(SourceWriter writer, ClassFile file) => writer.Write($$"""
        /// <summary>Sets the options of all groups of this class. Optional; must precede the first use of a group.</summary>
        /// <param name="options">The options.</param>
        {{CodeNames.GeneratedCode}}
        public static void {{file.ConfigureName}}({{CodeNames.RouterOptions}} options) => {{file.Class.AmbientName}}.Router.Configure(options);

        // A class of its own, so that it is there also for static fields of this class, whose order is not ours to know.
        {{CodeNames.GeneratedCode}}
        private static class {{file.Class.AmbientName}}
        {
            internal static readonly {{CodeNames.AmbientRouter}} Router = new();
        }
        """);

    private static void WriteConstructor(SourceWriter writer, ClassFile file)
    {
        writer.Write($"""
            /// <summary>Makes the groups, with a state of their own.</summary>
            /// <param name="options">The options; null for the defaults.</param>
            {CodeNames.GeneratedCode}
            public {file.Class.Name}({CodeNames.RouterOptions}? options = null)
            """);
        writer.Open();
        writer.Line($"var context = new {CodeNames.RouterContext}(options);");
        foreach (GroupEntry group in file.Groups) writer.Line($"{group.MemberName} = new {group.TypeName}({(group.HasFallbacks ? "this, " : "")}context);");
        writer.Close();
    }
}
