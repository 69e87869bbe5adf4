using System.ComponentModel;
using Microsoft.CodeAnalysis;
using RouterGen.Generator.Symbols;

namespace RouterGen.Generator.Tools;

/// <summary>What a symbol's author says of it: its <see cref="DescriptionAttribute"/>, or its documentation comment.</summary>
internal static class ToolTexts
{
    /// <summary>Returns what a method, a type or a property is; empty where nothing is said.</summary>
    public static string Of(ISymbol symbol, CancellationToken cancellationToken) => Stated(symbol) ?? DocumentationText.SummaryOf(symbol, cancellationToken) ?? "";

    /// <summary>Returns what a parameter is, of a method or of a record's constructor.</summary>
    public static string OfParameter(IParameterSymbol parameter, CancellationToken cancellationToken) =>
        Stated(parameter) ?? DocumentationText.ParameterOf(parameter.ContainingSymbol, parameter.Name, cancellationToken) ?? "";

    private static string? Stated(ISymbol symbol) => KnownAttributes.Find(KnownAttributes.Description, symbol).Argument<string>(0);
}
