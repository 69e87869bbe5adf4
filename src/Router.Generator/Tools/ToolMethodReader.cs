using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Names;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>Reads the methods of a class that are tools.</summary>
internal sealed class ToolMethodReader(ProblemList problems, CancellationToken cancellationToken)
{
    private static readonly Regex ValidName = new("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.CultureInvariant);

    private readonly ToolNames _names = new();
    private readonly HashSet<string> _toolNames = new(StringComparer.Ordinal);
    private ToolTypeReader? _types;
    private ToolTypeWriter? _results;

    public EquatableArray<ReaderSpec> Readers => Types.Readers;

    public EquatableArray<WriterSpec> Writers => Results.Writers;

    private ToolTypeReader Types => _types ??= new(_names, cancellationToken);

    private ToolTypeWriter Results => _results ??= new(_names);

    /// <summary>Returns a tool; null for one that cannot be called.</summary>
    public ToolSpec? Read(IMethodSymbol method, AttributeData attribute)
    {
        int before = problems.Count;
        string name = NameOf(method, attribute);
        if (FaultOf(method) is { } fault) problems.Add(ToolProblemKinds.MethodNotCallable, PlaceOf(method), method.Name, fault);
        if (problems.HasErrorSince(before)) return null;

        string description = Argument(attribute, nameof(RouterToolNames.Description)) as string ?? ToolTexts.Of(method, cancellationToken);
        if (description.Length == 0) problems.Add(ToolProblemKinds.NoDescription, PlaceOf(method), name);
        var parameters = new ToolParameterReader(Types, problems, name, cancellationToken);
        EquatableArray<ToolParameter> bound = parameters.Read(method);
        ResultSpec? result = ReadResult(method, out bool isAwaited);
        if (problems.HasErrorSince(before)) return null;
        return new(
            name, description, ToolSchema.Object(parameters.Schemas).ToJson(), Argument(attribute, nameof(RouterToolNames.RequiresApproval)) is true,
            Identifiers.Escape(method.Name), _names.Claim("Call", method.Name), method.IsStatic, isAwaited, bound, result);
    }

    private string NameOf(IMethodSymbol method, AttributeData attribute)
    {
        string? stated = Argument(attribute, nameof(RouterToolNames.Name)) as string;
        string name = stated ?? (method.Name.Length > 5 && method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name);
        if (!ValidName.IsMatch(name)) problems.Add(ToolProblemKinds.InvalidName, PlaceOf(method, attribute, stated), name);
        else if (!_toolNames.Add(name)) problems.Add(ToolProblemKinds.DuplicateTool, PlaceOf(method, attribute, stated), name, method.ContainingType.Name);
        return name;
    }

    private ResultSpec? ReadResult(IMethodSymbol method, out bool isAwaited)
    {
        isAwaited = TaskResultOf(method.ReturnType, out ITypeSymbol? result);
        if (!isAwaited) result = method.ReturnsVoid ? null : method.ReturnType;
        if (result is null) return null;
        try
        {
            return Results.ReadResult(result);
        }
        catch (UnboundTypeException fault)
        {
            problems.Add(ToolProblemKinds.MethodNotCallable, PlaceOf(method), method.Name, $"its result cannot be written for a model: {fault.Message}");
            return null;
        }
    }

    private static bool TaskResultOf(ITypeSymbol type, out ITypeSymbol? result)
    {
        result = null;
        if (type is not INamedTypeSymbol { Name: "Task" or "ValueTask" } task || task.ContainingNamespace.ToDisplayString() is not "System.Threading.Tasks") return false;
        result = task.Arity == 1 ? task.TypeArguments[0] : null;
        return true;
    }

    private static string? FaultOf(IMethodSymbol method) =>
        method.IsGenericMethod ? "it is generic, so that the types of its parameters are open"
        : method is { IsAsync: true, ReturnsVoid: true } ? "it is 'async void', so that neither its end nor its exception is known: return a Task"
        : method.ReturnsByRef || method.ReturnsByRefReadonly ? "it returns a reference"
        : method.MethodKind is not MethodKind.Ordinary ? "it is not an ordinary method"
        : method.ReturnType.TypeKind is TypeKind.Error ? "the type of its result does not exist"
        : null;

    private static object? Argument(AttributeData attribute, string property) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value is { Kind: TypedConstantKind.Primitive, Value: { } value } ? value : null;

    private static CodePlace PlaceOf(IMethodSymbol method) => new(method.Locations.FirstOrDefault() ?? Location.None);

    // The stated name, or the method's.
    private CodePlace PlaceOf(IMethodSymbol method, AttributeData attribute, string? stated) =>
        stated is not null && attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is { } syntax
            ? new(syntax.DescendantNodes().FirstOrDefault(node => node.IsKind(SyntaxKind.NameEquals) && node.ToString().StartsWith("Name", StringComparison.Ordinal))?.Parent?.GetLocation() ?? syntax.GetLocation())
            : PlaceOf(method);
}

/// <summary>The names of the attribute's properties.</summary>
internal enum RouterToolNames
{
    Name,
    Description,
    RequiresApproval,
}
