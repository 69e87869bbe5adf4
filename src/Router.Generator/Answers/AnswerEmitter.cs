using Microsoft.CodeAnalysis.Text;
using RouterGen.Generator.Emit;

namespace RouterGen.Generator.Answers;

/// <summary>Writes the file of a structured answer: its schema, and the code that reads it.</summary>
internal static class AnswerEmitter
{
    private const string Format = CodeNames.Root + ".AnswerFormat";

    public static SourceText Emit(AnswerFile file)
    {
        AnswerSpec answer = file.Answer;
        string contract = $"{CodeNames.Root}.IStructuredAnswer<{answer.QualifiedName}>";
        SourceWriter writer = SourceWriter.StartFile(answer.Namespace, "CS0612, CS0618, CS8981"); // Members may be obsolete, and types in lower case.
        for (int i = 0; i < answer.Declarations.Count; i++)
        {
            bool isAnswer = i == answer.Declarations.Count - 1;
            writer.Line(isAnswer ? $"{answer.Declarations[i]} : {contract}" : answer.Declarations[i]);
            writer.Open();
        }

        writer.Write($"""
            static {Format} {contract}.Format => {answer.CodeName}.Format;

            static bool {contract}.TryRead(ref {ReaderEmitter.Reader} reader, [global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {answer.QualifiedName} value) =>
                {answer.CodeName}.{ReaderEmitter.MethodFor(answer.Root)}(ref reader, out value);

            {CodeNames.GeneratedCode}
            private static class {answer.CodeName}
            """);
        writer.Open();
        writer.Write($"""
            public static readonly {Format} Format = new(
                {Literal.Of(answer.SchemaName)},
                {(answer.Root.Description is { } description ? Literal.Of(description) : "null")},
                {Literal.Of(SchemaWriter.Write(answer.Types))});
            """);
        new ReaderEmitter(writer, answer.Types).Write();
        for (int i = 0; i <= answer.Declarations.Count; i++) writer.Close();
        return writer.ToSourceText();
    }
}
