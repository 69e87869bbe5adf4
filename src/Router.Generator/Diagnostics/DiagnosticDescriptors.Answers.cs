using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RouterGen.Declarations.Problems;

namespace RouterGen.Generator.Diagnostics;

// What the build says about types that models answer with.
internal static partial class DiagnosticDescriptors
{
    private const string Answers = "RouterGen.Answers";

    public static readonly DiagnosticDescriptor AnswerNotExtensible = Error(
        DiagnosticIds.AnswerNotExtensible, Answers,
        "A structured answer must be a partial type, and not generic",
        "'{0}' has [StructuredAnswer], so it must {1}");

    public static readonly DiagnosticDescriptor UnreadableAnswerMember = Error(
        DiagnosticIds.UnreadableAnswerMember, Answers,
        "JSON cannot be read as a member of a structured answer",
        "'{0}' of '{1}' is of the type '{2}', which JSON cannot be read as: use another type, or leave the member out by [JsonIgnore]");

    public static readonly DiagnosticDescriptor UnmakeableAnswer = Error(
        DiagnosticIds.UnmakeableAnswer, Answers,
        "A structured answer cannot be made",
        "'{0}' is part of a structured answer, and cannot be made: it {1}");

    public static readonly DiagnosticDescriptor DuplicateAnswerMember = Error(
        DiagnosticIds.DuplicateAnswerMember, Answers,
        "Two members of a structured answer have one name in JSON",
        "'{0}' has two members, '{1}' and '{2}', that are both '{3}' in JSON: name one of them by [JsonPropertyName]");

    public static readonly DiagnosticDescriptor AnswerNotStrict = Make(
        DiagnosticIds.AnswerNotStrict, Answers,
        "Providers do not hold a structured answer strictly to its schema",
        "'{0}' holds a '{1}', whose names no strict schema can state: providers are asked for the answer without strict mode, or by a tool; a list of pairs is strict",
        DiagnosticSeverity.Info);

    /// <summary>Those of this file, by ID.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfAnswers =
        [AnswerNotExtensible, UnreadableAnswerMember, UnmakeableAnswer, DuplicateAnswerMember, AnswerNotStrict];
}
