namespace RouterGen.Generator;

/// <summary>The names of the pipeline's steps, by which tests see whether one ran again.</summary>
internal static class TrackingNames
{
    public const string Declarations = nameof(Declarations);
    public const string ModelsFiles = nameof(ModelsFiles);
    public const string NamedClasses = nameof(NamedClasses);
    public const string PriceMaps = nameof(PriceMaps);
    public const string Classes = nameof(Classes);
    public const string Plan = nameof(Plan);
    public const string ClassFiles = nameof(ClassFiles);
    public const string ServicesFiles = nameof(ServicesFiles);
    public const string GroupFiles = nameof(GroupFiles);
    public const string ConstantsFiles = nameof(ConstantsFiles);
    public const string CodecFiles = nameof(CodecFiles);
    public const string Tools = nameof(Tools);
    public const string ToolFiles = nameof(ToolFiles);
    public const string Answers = nameof(Answers);
    public const string AnswerFiles = nameof(AnswerFiles);

    public static readonly string[] All =
        [Declarations, ModelsFiles, NamedClasses, PriceMaps, Classes, Plan, ClassFiles, ServicesFiles, GroupFiles, ConstantsFiles, CodecFiles, Tools, ToolFiles, Answers, AnswerFiles];
}
