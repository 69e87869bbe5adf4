using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Tools;

/// <summary>Writes the file of a class with tools: the property that lists them, and what binds and calls each.</summary>
internal static class ToolEmitter
{
    private const string Function = "global::Microsoft.Extensions.AI.AIFunction";
    private const string List = $"global::System.Collections.Generic.IReadOnlyList<{Function}>";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask<object?>";
    private const string Parameters = "global::RouterGen.Infrastructure.ToolArguments arguments, global::System.Threading.CancellationToken cancellationToken";

    public static SourceText Emit(ToolFile file)
    {
        ToolClassSpec spec = file.Class;
        SourceWriter writer = SourceWriter.StartFile(spec.Namespace);
        writer.Write("""
            // A tool may be obsolete, or call what is.
            #pragma warning disable CS0612, CS0618

            """);
        writer.Line($"partial {spec.Keyword} {spec.Name}");
        writer.Open();
        writer.Write($"""
            /// <summary>Gets the functions that models can call, in the order of their declaration.</summary>
            {CodeNames.GeneratedCode}
            public {(spec.IsStatic ? "static " : "")}{List} {spec.PropertyName} => {spec.HolderName}.{(spec.IsStatic ? "All" : "Of(this)")};

            {CodeNames.GeneratedCode}
            private static class {spec.HolderName}
            """);
        writer.Open();
        foreach (ToolSpec tool in spec.Tools) WriteDeclaration(writer, tool);
        WriteList(writer, spec);
        foreach (ToolSpec tool in spec.Tools)
        {
            writer.Line();
            WriteCall(writer, spec, tool);
        }

        foreach (ReaderSpec reader in spec.Readers)
        {
            writer.Line();
            ToolReaderEmitter.Write(writer, reader);
        }

        foreach (WriterSpec result in spec.Writers)
        {
            writer.Line();
            ToolWriterEmitter.Write(writer, result);
        }

        writer.Close();
        writer.Close();
        return writer.ToSourceText();
    }

    private static void WriteDeclaration(SourceWriter writer, ToolSpec tool)
    {
        writer.Line($"private static readonly global::RouterGen.Infrastructure.ToolDeclaration {tool.CallName}Declaration = new(");
        writer.Line($"    {Literal.Of(tool.Name)},");
        writer.Line($"    {Literal.Of(tool.Description)},");
        writer.Line($"    {Schema(tool.Schema)});");
        writer.Line();
    }

    // JSON is easier to read as it is, where no character of it can be mistaken.
    private static string Schema(string json) => json.All(c => c is >= ' ' and <= '~') && !json.Contains("\"\"\"") ? $"\"\"\"{json}\"\"\"" : Literal.Of(json);

    private static void WriteList(SourceWriter writer, ToolClassSpec spec)
    {
        writer.Line(spec.IsStatic ? $"internal static readonly {List} All =" : $"internal static {List} Of({spec.QualifiedName} owner) =>");
        writer.Line("[");
        foreach (ToolSpec tool in spec.Tools)
        {
            string call = spec.IsStatic || tool.IsStatic ? tool.CallName : $"(arguments, cancellationToken) => {tool.CallName}(owner, arguments, cancellationToken)";
            string made = $"new global::RouterGen.Infrastructure.RouterFunction({tool.CallName}Declaration, {call})";
            writer.Line($"    {(tool.RequiresApproval ? $"new global::Microsoft.Extensions.AI.ApprovalRequiredAIFunction({made})" : made)},");
        }

        writer.Line("];");
    }

    private static void WriteCall(SourceWriter writer, ToolClassSpec spec, ToolSpec tool)
    {
        string owner = tool.IsStatic ? "" : $"{spec.QualifiedName} owner, ";
        writer.Line($"private static {(tool.IsAwaited ? "async " : "")}{ValueTask} {tool.CallName}({owner}{Parameters})");
        writer.Open();
        foreach (ToolParameter parameter in tool.Parameters) WriteParameter(writer, parameter);
        if (tool.Parameters.Any(parameter => parameter.Read is not null)) writer.Line("arguments.ThrowIfInvalid();");
        string arguments = string.Join(", ", tool.Parameters.Select(parameter => parameter.Source is ParameterSource.CancellationToken ? "cancellationToken" : parameter.Variable));
        string call = $"{(tool.IsStatic ? spec.QualifiedName : "owner")}.{tool.Method}({arguments})";
        if (tool.IsAwaited) call = $"await {call}.ConfigureAwait(false)";
        if (tool.Result is not { } result)
        {
            writer.Line($"{call};");
            writer.Line(tool.IsAwaited ? "return null;" : "return default;");
        }
        else
        {
            writer.Line($"{result.Type}{(result.IsNullable ? "?" : "")} result = {call};");
            string value = Hand(result);
            writer.Line(tool.IsAwaited ? $"return {value};" : $"return new({value});");
        }

        writer.Close();
    }

    private static void WriteParameter(SourceWriter writer, ToolParameter parameter)
    {
        string? value = parameter.Source switch
        {
            ParameterSource.CancellationToken => null,
            ParameterSource.Arguments => "arguments.Given",
            ParameterSource.Services => parameter.Default is null ? "arguments.RequireServices()" : "arguments.Given.Services",
            ParameterSource.Service => parameter.Default is null ? $"arguments.RequireService<{parameter.Type}>({parameter.Name})" : $"arguments.FindService<{parameter.Type}>({parameter.Name})",
            _ when parameter.Default is null => parameter.Read!.Of($"arguments.Require({Literal.Of(parameter.Name)})"),
            _ => $"arguments.Has({Literal.Of(parameter.Name)}, out var {VariableNames.Given(parameter.Variable)}) ? {parameter.Read!.Of(VariableNames.Given(parameter.Variable))} : {parameter.Default}",
        };
        if (value is not null) writer.Line($"{parameter.Type} {parameter.Variable} = {value};");
    }

    private static string Hand(ResultSpec result)
    {
        string value = result.Form switch
        {
            ResultForm.Name => $"{result.Writer}(result{(result.IsNullable ? ".Value" : "")})",
            ResultForm.Json => $"global::RouterGen.Infrastructure.ToolJson.ToElement(result{(result.IsNullable && result.IsValue ? ".Value" : "")}, {result.Writer})",
            _ => "result",
        };
        if (!result.IsNullable) return value;
        return result.Form is ResultForm.AsIs ? "(object?)result ?? global::RouterGen.Infrastructure.ToolJson.Null" : $"result is null ? global::RouterGen.Infrastructure.ToolJson.Null : {value}";
    }
}
