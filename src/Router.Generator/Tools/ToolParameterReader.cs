using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>Reads the parameters of one tool: those that a model fills, and those that come from the call.</summary>
internal sealed class ToolParameterReader(ToolTypeReader types, ProblemList problems, string tool, CancellationToken cancellationToken)
{
    private readonly List<(string Name, string Schema, bool IsRequired)> _schemas = [];

    /// <summary>The schemas of those that a model fills.</summary>
    public IEnumerable<(string Name, string Schema, bool IsRequired)> Schemas => _schemas;

    public EquatableArray<ToolParameter> Read(IMethodSymbol method)
    {
        var variables = new VariableNames("arguments", "cancellationToken", "owner", "result");
        return method.Parameters.Select(parameter => Read(parameter, variables.Claim(parameter.Name))).Where(parameter => parameter is not null).Select(parameter => parameter!).ToEquatableArray();
    }

    private ToolParameter? Read(IParameterSymbol parameter, string variable)
    {
        if (parameter.RefKind is not (RefKind.None or RefKind.In)) return Refuse(parameter, $"it is '{parameter.RefKind.ToString().ToLowerInvariant()}': take it by value");
        if (parameter.Type.TypeKind is TypeKind.Error) return Refuse(parameter, "its type does not exist");
        if (GivenBy(parameter) is { } source)
        {
            string type = parameter.Type.ToDisplayString(ToolNames.TypeFormat);
            bool canBeMissing = parameter.HasExplicitDefaultValue || parameter.NullableAnnotation is NullableAnnotation.Annotated;
            return new(source, source is ParameterSource.Service ? KeyOf(parameter) : "", variable, type, Read: null, canBeMissing ? "default" : null);
        }

        try
        {
            ReadSpec read = types.Read(parameter.Type, out ToolSchema schema);
            bool isOptional = parameter.HasExplicitDefaultValue;
            string? @default = isOptional ? ToolConstants.AsCode(parameter, read) : read.IsNullable ? "null" : null;
            string? json = isOptional ? ToolConstants.AsJson(parameter.ExplicitDefaultValue, ToolNames.Unwrap(parameter.Type, out _)) : null;
            _schemas.Add((parameter.Name, schema.ToJson(ToolTexts.OfParameter(parameter, cancellationToken), isOptional || read.IsNullable, json), !isOptional));
            return new(ParameterSource.Argument, parameter.Name, variable, read.FullType, read, @default);
        }
        catch (UnboundTypeException fault)
        {
            return Refuse(parameter, fault.Message);
        }
    }

    private ToolParameter? Refuse(IParameterSymbol parameter, string why)
    {
        problems.Add(ToolProblemKinds.ParameterNotBound, new CodePlace(parameter.Locations.FirstOrDefault() ?? Location.None), parameter.Name, tool, why);
        return null;
    }

    private static ParameterSource? GivenBy(IParameterSymbol parameter) => parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None)) switch
    {
        "System.Threading.CancellationToken" => ParameterSource.CancellationToken,
        "System.IServiceProvider" => ParameterSource.Services,
        "Microsoft.Extensions.AI.AIFunctionArguments" => ParameterSource.Arguments,
        _ => ServiceAttributeOf(parameter) is null ? null : ParameterSource.Service,
    };

    private static AttributeData? ServiceAttributeOf(IParameterSymbol parameter) =>
        KnownAttributes.Find("RouterGen.ToolServiceAttribute", parameter)
        ?? KnownAttributes.Find("Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute", parameter)
        ?? KnownAttributes.Find("Microsoft.AspNetCore.Mvc.FromServicesAttribute", parameter);

    private static string KeyOf(IParameterSymbol parameter) =>
        ServiceAttributeOf(parameter)?.ConstructorArguments.FirstOrDefault() is { IsNull: false } key && key.Kind is not TypedConstantKind.Error ? key.ToCSharpString() : "";
}
