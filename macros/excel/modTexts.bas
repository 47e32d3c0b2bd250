Attribute VB_Name = "modTexts"
Option Explicit

' Named cells: the texts people see, and the few settings of the buttons.

' What a named cell holds, "" where there is no such name.
Public Function CellText(ByVal book As Object, ByVal cellName As String) As String
    On Error Resume Next
    CellText = Trim(CStr(book.Names(cellName).RefersToRange.Cells(1, 1).Value))
End Function

Public Sub PutText(ByVal book As Object, ByVal cellName As String, ByVal text As String)
    book.Names(cellName).RefersToRange.Cells(1, 1).Value = text
End Sub

' Shows the sentence of an outcome. "done" and "" say nothing: Python has written its own sentence.
' Where the status cell is gone or protected, the status bar shows the sentence instead.
Public Sub Say(ByVal book As Object, ByVal outcome As String)
    Dim sentence As String
    If outcome = "" Or outcome = "done" Then Exit Sub
    sentence = CellText(TextsBook(), "ss_msg_" & outcome)
    If sentence = "" Then sentence = "sheetsync: " & outcome
    On Error GoTo NoCell
    PutText book, "ss_status", sentence
    Exit Sub
NoCell:
    Application.StatusBar = sentence
End Sub
