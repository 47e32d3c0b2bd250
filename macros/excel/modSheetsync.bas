Attribute VB_Name = "modSheetsync"
Option Explicit

' The buttons of the district workbook: look whether work can start, start Python, say what came of it.
' Nothing about forms or consolidation is known here. Every text people see stands in named cells
' (ss_msg_...) of a hidden sheet, so that this source is plain ASCII on every machine.

Private busyUntil As Double

Public Sub SheetsyncIssue()
    PressButton "issue"
End Sub

Public Sub SheetsyncConsolidate()
    PressButton "consolidate"
End Sub

Public Sub SheetsyncCheck()
    PressButton "check"
End Sub

Public Sub SheetsyncAccept()
    PressButton "accept"
End Sub

Public Sub SheetsyncUndo()
    PressButton "undo"
End Sub

Public Sub SheetsyncReturn()
    PressButton "return"
End Sub

Public Sub SheetsyncLetters()
    PressButton "letters"
End Sub

Public Sub SheetsyncReport()
    PressButton "report"
End Sub

' The ribbon: the tag of a button is its action.
Public Sub RibbonPressed(ByVal control As Object)
    PressButton CStr(control.Tag)
End Sub

' One press, from the guards to the sentence. A second press meanwhile changes nothing: the status
' cell already says that work is going on. A press that was torn off blocks the next ones no longer
' than it might have lasted.
Public Sub PressButton(ByVal action As String)
    Dim book As Object
    Dim outcome As String
    If Now < busyUntil Then Exit Sub
    On Error GoTo Broken
    Set book = PressedBook()
    busyUntil = Now + LongestPress(book)
    outcome = Obstacle(book)
    If outcome = "" Then
        If action = "check" Then
            outcome = CheckOneFile(book)
        Else
            outcome = RunSheetsync(book, action)
        End If
    End If
    Say book, outcome
    busyUntil = 0
    Exit Sub
Broken:
    Say book, "failed"
    busyUntil = 0
End Sub

' Why nothing can be started, as the key of a sentence; "" when all is well.
Private Function Obstacle(ByVal book As Object) As String
    If book Is Nothing Then
        Obstacle = "no_book"
    ElseIf IsMac() Then
        Obstacle = "no_mac"
    ElseIf FolderOfBook(book) = "" Then
        Obstacle = "not_saved"
    ElseIf IsCloudPath(FolderOfBook(book)) Then
        Obstacle = "cloud"
    ElseIf IsReadOnlyBook(book) Then
        Obstacle = "read_only"
    End If
End Function

' LibreOffice gives no folder for a workbook that stands on a server, but its address.
Private Function FolderOfBook(ByVal book As Object) As String
    FolderOfBook = book.Path
    If FolderOfBook = "" And Not IsExcel() Then FolderOfBook = LibreAddress()
End Function

Public Function IsCloudPath(ByVal path As String) As Boolean
    IsCloudPath = InStr(path, "://") > 0
End Function

Private Function IsReadOnlyBook(ByVal book As Object) As Boolean
    If IsExcel() Then
        IsReadOnlyBook = book.ReadOnly
    Else
        IsReadOnlyBook = LibreReadOnly()
    End If
End Function

' The file stands in the cell ss_file; where none is named, the file dialog asks, and the cell is
' emptied again afterwards so that the next press asks anew.
Private Function CheckOneFile(ByVal book As Object) As String
    Dim chosen As String
    If CellText(book, "ss_file") <> "" Then
        CheckOneFile = RunSheetsync(book, "check")
        Exit Function
    End If
    chosen = ChosenFile(book)
    If chosen = "" Then
        CheckOneFile = "no_file"
        Exit Function
    End If
    PutText book, "ss_file", chosen
    CheckOneFile = RunSheetsync(book, "check")
    PutText book, "ss_file", ""
End Function

' The path chosen in the file dialog, "" for Cancel.
Private Function ChosenFile(ByVal book As Object) As String
    Dim title As String
    title = CellText(TextsBook(), "ss_msg_choose_file")
    If IsExcel() Then
        ChosenFile = ExcelChosenFile(FolderOfCopies(book), title)
    Else
        ChosenFile = LibreChosenFile(FolderOfCopies(book), title)
    End If
End Function

' The folder of received copies beside the workbook; the workbook's own where there is none.
Private Function FolderOfCopies(ByVal book As Object) As String
    Dim folder As String
    folder = CellText(book, "ss_received")
    FolderOfCopies = book.Path
    If folder = "" Then Exit Function
    folder = Joined(book.Path, folder)
    If FolderIsThere(folder) Then FolderOfCopies = folder
End Function

' Excel answers False and not a text for Cancel.
Private Function ExcelChosenFile(ByVal folder As String, ByVal title As String) As String
    Dim answer As Variant
    OpenDialogsIn folder
    answer = Application.GetOpenFilename("*.xlsx *.xlsm *.xls *.ods *.zip,*.xlsx;*.xlsm;*.xls;*.ods;*.zip", 1, title)
    If VarType(answer) = vbString Then ExcelChosenFile = answer
End Function
